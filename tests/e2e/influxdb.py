"""As much of an InfluxDB as a batch task asks for: /ping, and /query answered by a function of ours."""
import http.server
import json
import threading
import urllib.parse


class Influxdb:
    """`answer(query)` gives the series of a SELECT, as [{"name":, "tags":, "columns":, "values":}]. Loopback, a free port.

    with Influxdb(answer) as influxdb: ... influxdb.url
    """

    def __init__(self, answer):
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                url = urllib.parse.urlparse(self.path)
                if url.path == "/ping":
                    self.send_response(204)
                    self.send_header("X-Influxdb-Version", "1.8.10")
                    self.end_headers()
                    return
                length = int(self.headers.get("Content-Length") or 0)
                form = urllib.parse.parse_qs(url.query or self.rfile.read(length).decode())
                series = answer(form["q"][0]) if "q" in form else []
                body = json.dumps({"results": [{"series": series}] if series else [{}]}).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_POST = do_HEAD = do_GET

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()
