"""A real browser that readers might use, cut off from every machine but this one, and what tests ask of it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-default-apps",
    "--disable-extensions", "--disable-client-side-phishing-detection", "--window-size=1440,900",
    # Every name but this machine's leads nowhere.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
)
PATIENCE = 30


class Browser:
    """A browser with what happened in it."""

    def __init__(self, driver: webdriver.Chrome, output: Path) -> None:
        self.driver = driver
        self.output = output

    def open(self, url: str) -> None:
        """Go there and wait until it is all there."""
        self.driver.get(url)
        self.until(lambda: self.run("return document.readyState") == "complete")

    def until(self, condition: Any) -> Any:
        """Wait for something to become true; gives what it was."""
        return WebDriverWait(self.driver, PATIENCE).until(lambda _: condition())

    def run(self, script: str, *arguments: Any) -> Any:
        """What a script gives."""
        return self.driver.execute_script(script, *arguments)

    def find(self, css: str) -> list[WebElement]:
        """The elements that fit."""
        return self.driver.find_elements(By.CSS_SELECTOR, css)

    def picture(self, name: str) -> None:
        """Keep what is seen."""
        self.driver.save_screenshot(str(self.output / f"{name}.png"))

    def complaints(self) -> list[str]:
        """Errors of pages and of the network since the last time this was asked."""
        return [entry["message"] for entry in self._log("browser") if entry["level"] == "SEVERE"]

    def requests(self) -> list[str]:
        """Every address asked for since the last time this was asked."""
        events = [json.loads(entry["message"])["message"] for entry in self._log("performance")]
        return [e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"]

    def _log(self, kind: str) -> list[dict[str, Any]]:
        return list(self.driver.get_log(kind))  # type: ignore[no-untyped-call]  # selenium leaves it untyped

    def width(self, pixels: int, height: int = 844) -> None:
        """Make the window that wide."""
        sizes = {"width": pixels, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", sizes)

    def still(self) -> None:
        """Have pages in which nothing moves, as readers may ask for."""
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]})

    def paint(self, scheme: str) -> None:
        """Have pages in the colours of that name, as the switch in the header has them."""
        self.run(f"document.querySelector(`input[name=__palette][data-md-color-media*=':'][data-md-color-scheme={scheme}]`).click()")
        self.until(lambda: scheme == self.run("return document.body.dataset.mdColorScheme"))


@contextmanager
def browsing(profile: Path, output: Path) -> Iterator[Browser]:
    """A browser with a `profile` of its own, its pictures going to `output`."""
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM or ""
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    output.mkdir(parents=True, exist_ok=True)
    with webdriver.Chrome(options, webdriver.ChromeService(DRIVER)) as driver:
        # A page that hangs must not hang the tests.
        driver.set_page_load_timeout(PATIENCE)
        script = "window.said = []; for (const f of ['alert', 'confirm', 'prompt']) window[f] = words => window.said.push(words)"
        driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": script})
        yield Browser(driver, output)
