"""A headless Chromium, driven over the DevTools protocol: as much of it as the tests of our pages need."""

import base64
import json
import os
import pathlib
import subprocess
import tempfile
import time
import urllib.request

import websocket


class Browser:
    """Starts Chromium on a port and a folder of its own; to be used in `with`."""

    def __init__(self, program="chromium"):
        self.folder = tempfile.TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True)
        options = [
            "--headless=new", "--remote-debugging-port=0", f"--user-data-dir={self.folder.name}", "--disable-gpu",
            "--no-first-run", "--no-default-browser-check", "--disable-background-networking", "--disable-sync",
            "--disable-component-update", "--disable-extensions", "--disable-dev-shm-usage", "--hide-scrollbars",
            "--remote-allow-origins=*", "--force-device-scale-factor=1",
        ]
        if os.geteuid() == 0:
            options.append("--no-sandbox")
        self.log = open(pathlib.Path(self.folder.name) / "log", "wb")
        self.process = subprocess.Popen(
            [program, *options, "about:blank"], stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)

    def __enter__(self):
        port = self._port()
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/json/version", timeout=20) as answer:
            address = json.load(answer)["webSocketDebuggerUrl"]
        self.socket = websocket.create_connection(address, timeout=60, suppress_origin=True)
        self.number, self.sessions = 0, {}
        return self

    def __exit__(self, *_):
        self.socket.close()
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()
        self.folder.cleanup()

    def _port(self):
        file = pathlib.Path(self.folder.name) / "DevToolsActivePort"
        for _ in range(600):
            if file.exists() and (text := file.read_text().split()):
                return text[0]
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        log = (pathlib.Path(self.folder.name) / "log").read_text(errors="replace")
        raise RuntimeError(f"Chromium did not start: {log[-2000:]}")

    def call(self, method, session=None, **parameters):
        self.number += 1
        number = self.number
        message = {"id": number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        self.socket.send(json.dumps(message))
        while True:
            answer = self.receive()
            if answer.get("id") != number:
                continue
            if "error" in answer:
                raise RuntimeError(f"{method}: {answer['error']}")
            return answer["result"]

    def receive(self):
        answer = json.loads(self.socket.recv())
        if "method" in answer and (page := self.sessions.get(answer.get("sessionId"))):
            page.hear(answer["method"], answer["params"])
        return answer


class Page:
    """One tab. Keeps what went wrong in it, and every address that it asked for."""

    keys = {
        "Tab": ("Tab", 9, ""), "Enter": ("Enter", 13, "\r"), "Space": ("Space", 32, " "), "Escape": ("Escape", 27, ""),
    }

    def __init__(self, browser, language="ru", dark=False, width=1280, height=900):
        self.browser, self.faults, self.requests = browser, [], []
        context = browser.call("Target.createBrowserContext")["browserContextId"]
        target = browser.call(
            "Target.createTarget", url="about:blank", browserContextId=context)["targetId"]
        self.session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        browser.sessions[self.session] = self
        for domain in ("Page", "Runtime", "Network", "Log", "DOM", "Audits"):
            self.call(f"{domain}.enable")
        agent = browser.call("Browser.getVersion")["userAgent"]
        self.call("Network.setUserAgentOverride", userAgent=agent, acceptLanguage=language)
        self.call("Emulation.setEmulatedMedia",
                  features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def call(self, method, **parameters):
        return self.browser.call(method, self.session, **parameters)

    def hear(self, method, event):
        if method == "Runtime.exceptionThrown":
            details = event["exceptionDetails"]
            self.faults.append(details.get("exception", {}).get("description") or details["text"])
        elif method == "Runtime.consoleAPICalled" and event["type"] in ("error", "warning", "assert"):
            self.faults.append(" ".join(str(one.get("value", one.get("description"))) for one in event["args"]))
        elif method == "Log.entryAdded" and event["entry"]["level"] in ("error", "warning"):
            entry = event["entry"]
            self.faults.append(f"{entry['text']} {entry.get('url', '')}")
        elif method == "Audits.issueAdded" and "ContentSecurityPolicy" in event["issue"]["code"]:
            self.faults.append(f"{event['issue']['code']}: {json.dumps(event['issue']['details'])}")
        elif method == "Network.requestWillBeSent":
            self.requests.append(event["request"]["url"])

    def open(self, address):
        self.call("Page.navigate", url=address)
        self.until("document.readyState === 'complete'")

    def value(self, script):
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(f"{script}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def until(self, script, seconds=60):
        end = time.monotonic() + seconds
        while not self.value(script):
            if time.monotonic() > end:
                raise AssertionError(f"not within {seconds} s: {script}\n{self.value('document.body.innerText')[:1500]}")
            time.sleep(0.05)

    def press(self, key, control=False, shift=False):
        code, number, text = self.keys[key]
        modifiers = (2 if control else 0) | (8 if shift else 0)
        common = {"key": " " if key == "Space" else key, "code": code, "windowsVirtualKeyCode": number,
                  "modifiers": modifiers}
        if text and not control:
            common["text"] = text
        self.call("Input.dispatchKeyEvent", type="keyDown", **common)
        common.pop("text", None)
        self.call("Input.dispatchKeyEvent", type="keyUp", **common)

    def write(self, text):
        """As if pasted into whatever has the focus."""
        self.call("Input.insertText", text=text)

    def tab_to(self, selector, limit=300):
        """Reaches an element by Tab alone."""
        for _ in range(limit):
            if self.value(f"document.activeElement?.matches({json.dumps(selector)})"):
                return
            self.press("Tab")
        raise AssertionError(f"{selector} cannot be reached by Tab")

    def picture(self, path):
        size = self.call("Page.getLayoutMetrics")["cssContentSize"]
        data = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip={
            "x": 0, "y": 0, "width": size["width"], "height": min(size["height"], 4000), "scale": 1})["data"]
        pathlib.Path(path).write_bytes(base64.b64decode(data))
