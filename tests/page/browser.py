"""A headless Chromium, driven over WebDriver's HTTP with the standard library alone.

1. with Browser() as browser: 2. browser.open(address); 3. browser.run("return ...") and the rest; everything ends with the block.
"""
import base64
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
KEYS = {"Enter": "\ue007", "Escape": "\ue00c", "ArrowLeft": "\ue012", "ArrowUp": "\ue013", "ArrowRight": "\ue014", "ArrowDown": "\ue015",
        "PageUp": "\ue00e", "PageDown": "\ue00f", "Home": "\ue011", "End": "\ue010", "Tab": "\ue004"}


def missing():
    """The words of what is not installed, or ''."""
    absent = [name for name in ("chromium", "chromedriver") if not shutil.which(name)]
    return f"skipped: the page in a browser, as there is no {' and no '.join(absent)}; have it by apt install chromium chromium-driver" if absent else ""


class Browser:
    def __init__(self, width=1280, height=800):
        self.profile = tempfile.mkdtemp(prefix="oddity-page-")
        # pylint: disable=consider-using-with
        self.driver = subprocess.Popen(["chromedriver", "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True,
                                       env=dict(os.environ, HOME=self.profile))
        try:
            self.base = f"http://127.0.0.1:{self.port()}"
            # No sandbox: it refuses root, needs namespaces that containers lack, and the pages are our own.
            arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-extensions", "--disable-background-networking",
                         "--force-device-scale-factor=1", f"--user-data-dir={self.profile}/chromium", f"--window-size={width},{height}"]
            wanted = {"capabilities": {"alwaysMatch": {"browserName": "chrome", "goog:loggingPrefs": {"browser": "ALL"},
                                                       "goog:chromeOptions": {"binary": shutil.which("chromium"), "args": arguments}}}}
            session = self.call("POST", "/session", wanted)
            self.base += f"/session/{session['sessionId']}"
            self.viewport(width, height)
        except BaseException:
            self.end()
            raise

    def port(self):
        for line in self.driver.stdout:
            if found := re.search(r"started successfully on port (\d+)", line):
                return int(found[1])
        raise RuntimeError("chromedriver did not start")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.call("DELETE", "")
        except (OSError, RuntimeError):
            pass
        self.end()

    def end(self):
        try:
            os.killpg(self.driver.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.driver.wait(10)
        self.driver.stdout.close()
        shutil.rmtree(self.profile, ignore_errors=True)

    def call(self, method, path, body=None):
        data = None if method != "POST" else json.dumps(body or {}).encode()
        request = urllib.request.Request(self.base + path, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as wrong:
            raise RuntimeError(f"{method} {path}: {json.load(wrong)['value'].get('message', '')}") from None

    def cdp(self, command, **parameters):
        return self.call("POST", "/goog/cdp/execute", {"cmd": command, "params": parameters})

    def open(self, address):
        self.call("POST", "/url", {"url": address})

    def run(self, script, *arguments):
        return self.call("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def until(self, script, *arguments, seconds=15):
        """What the script returns as soon as that is true in its sense."""
        end = time.monotonic() + seconds
        while not (value := self.run(script, *arguments)):
            if time.monotonic() > end:
                raise AssertionError(f"not within {seconds} s: {script} {arguments}; the page: {self.text('body')[:600]}; its log: {self.log()}")
            time.sleep(0.03)
        return value

    def text(self, selector):
        return self.run("return document.querySelector(arguments[0])?.innerText ?? ''", selector)

    def element(self, selector):
        return self.call("POST", "/element", {"using": "css selector", "value": selector})[ELEMENT]

    def click(self, selector):
        self.call("POST", f"/element/{self.element(selector)}/click")

    def type(self, selector, text):
        self.call("POST", f"/element/{self.element(selector)}/value", {"text": text})

    def press(self, *keys):
        """Keys for whatever has the focus."""
        actions = [{"type": kind, "value": KEYS.get(key, key)} for key in keys for kind in ("keyDown", "keyUp")]
        self.call("POST", "/actions", {"actions": [{"type": "key", "id": "keys", "actions": actions}]})

    def pointer(self, *steps):
        """('move', x, y), ('down',), ('up',): the mouse, in pixels of the view."""
        kinds = {"move": "pointerMove", "down": "pointerDown", "up": "pointerUp"}
        actions = [{"type": kinds[step[0]], **({"x": round(step[1]), "y": round(step[2]), "duration": 30} if step[0] == "move" else {"button": 0})} for step in steps]
        self.call("POST", "/actions", {"actions": [{"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": actions}]})

    def box(self, selector):
        return self.run("const b = document.querySelector(arguments[0]).getBoundingClientRect(); return [b.left, b.top, b.width, b.height]", selector)

    def viewport(self, width, height, phone=False, scale=1):
        self.cdp("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=scale, mobile=phone)
        self.cdp("Emulation.setTouchEmulationEnabled", enabled=phone)

    def system(self, **features):
        """system(scheme='dark', motion='reduce'): what the reader's system prefers."""
        names = {"scheme": "prefers-color-scheme", "motion": "prefers-reduced-motion"}
        self.cdp("Emulation.setEmulatedMedia", features=[{"name": names[name], "value": value} for name, value in features.items()])

    def offline(self, off=True):
        self.cdp("Network.enable")
        self.cdp("Network.emulateNetworkConditions", offline=off, latency=0, downloadThroughput=-1, uploadThroughput=-1)

    def log(self):
        return [entry["message"] for entry in self.call("POST", "/se/log", {"type": "browser"})]

    def picture(self, path):
        with open(path, "wb") as file:
            file.write(base64.b64decode(self.call("GET", "/screenshot")))
