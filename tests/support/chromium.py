"""A real browser without a screen: Chromium, steered through a pipe in its own protocol (Chrome DevTools)."""

import base64
import json
import os
import shutil
import subprocess
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Self

from tests.support.waiting import wait_until

CHROMIUM = shutil.which("chromium")
OPTIONS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run")
"""As root, as tests may run, its own sandbox does not start."""


class Chromium:
    """One page of a browser."""

    def __init__(self, commands: int, answers: int) -> None:
        self._commands, self._answers = commands, answers
        self._rest = b""
        self._count = 0
        self._session: str | None = None

    def open_page(self) -> Self:
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        return self

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Carry out one command, and wait for its answer."""
        self._count += 1
        message: dict[str, Any] = {"id": self._count, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._commands, json.dumps(message).encode() + b"\0")
        while (answer := self._read_message()).get("id") != self._count:
            pass
        if answer.get("error", {}).get("message") == "Inspected target navigated or closed":
            return {"result": {}}  # the next page is on its way
        assert "error" not in answer, answer
        return answer["result"]

    def _read_message(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            read = os.read(self._answers, 1 << 16)
            assert read, "the browser has ended"
            self._rest += read
        message, _, self._rest = self._rest.partition(b"\0")
        return json.loads(message)

    def run(self, script: str) -> Any:
        """The value of a JavaScript expression in the page, which throws nothing; None while another page comes."""
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def go(self, url: str) -> None:
        self.call("Page.navigate", url=url)

    def wait_for_text(self, text: str) -> None:
        """Until the text is on the page and all of the page is there, so that what stands below it can be clicked."""
        shown = "document.body ? document.body.innerText : ''"
        whole = f"document.readyState === 'complete' ? {shown} : ''"
        wait_until(
            lambda: text in (self.run(f"({whole})") or ""), lambda: f"{text} is not on the page: {self.run(shown)}"
        )

    def do(self, script: str, what: str) -> None:
        """Run the body of a function as soon as all of the page is there and the function throws nothing."""
        attempt = f"try {{ {script}; return true; }} catch {{ return false; }}"
        whole = f"document.readyState === 'complete' && (() => {{ {attempt} }})()"
        wait_until(lambda: self.run(whole) is True, lambda: f"{what} is not on the page")

    def click(self, text: str, among: str = "main a, main button, header a") -> None:
        """Click on the first link or button with a text, as soon as it is there."""
        found = (
            f"[...document.querySelectorAll({json.dumps(among)})].find(e => e.innerText.includes({json.dumps(text)}))"
        )
        self.do(f"{found}.click()", text)

    def print_page(self) -> bytes:
        """The page that is shown as PDF, once all of it is there; the browser refuses where it is still drawing."""
        wait_until(lambda: self.run("document.readyState") == "complete", lambda: "the page does not come to an end")
        printed: list[str] = []

        def has_printed() -> bool:
            with suppress(AssertionError):  # "Printing failed"
                printed.append(self.call("Page.printToPDF", preferCSSPageSize=True)["data"])
            return bool(printed)

        wait_until(has_printed, lambda: "the browser prints nothing")
        return base64.b64decode(printed[0])

    def take_picture(self, path: Path) -> None:
        picture = self.call("Page.captureScreenshot", captureBeyondViewport=True)["data"]
        path.write_bytes(base64.b64decode(picture))


@contextmanager
def open_chromium(profile: Path, *options: str) -> Generator[Chromium]:
    """A browser with a new profile, until the test is done."""
    assert CHROMIUM
    from_us, commands = os.pipe()
    answers, to_us = os.pipe()
    shell = f'exec "$@" 3<&{from_us} 4>&{to_us}'
    arguments = [CHROMIUM, *OPTIONS, "--remote-debugging-pipe", f"--user-data-dir={profile}", *options]
    browser = subprocess.Popen(
        ["bash", "-c", shell, "bash", *arguments],
        pass_fds=(from_us, to_us),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(from_us)
    os.close(to_us)
    try:
        yield Chromium(commands, answers).open_page()
    finally:
        browser.kill()
        browser.wait()
        os.close(commands)
        os.close(answers)
