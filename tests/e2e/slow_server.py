"""A receiver of httpPost that takes its time: back-pressure for whoever is before it."""
import http.server
import threading
import time


class SlowServer:
    """Answers each POST after so many seconds. Loopback, a free port.

    with SlowServer(0.2) as server: ... server.url, server.requests, server.hurry()
    """

    def __init__(self, seconds):
        self.requests = 0
        self.seconds = seconds
        owner = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                owner.requests += 1
                time.sleep(owner.seconds)
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)

    def hurry(self):
        """From here on each answer is given at once."""
        self.seconds = 0

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()
