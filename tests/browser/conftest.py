"""A real Chromium, and two vaults for it: a new one that waits for its owner, and the demonstration's, filled and judged."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from demo.__main__ import Demo, fill, prepared, running
from tests.servers.service import environment_of, free_port
from tests.servers.waiting import wait_until
from vault.config import Settings
from vault.services.documents.batches import batch_progress
from vault.services.people import second_factor

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A window of its own. A script that fails, or something the page's own policy forbids, fails the test."""
    with window(chromium) as opened:
        yield opened


@contextmanager
def window(chromium: Browser, context: BrowserContext | None = None) -> Iterator[Page]:
    context = context or chromium.new_context(viewport=DESKTOP, locale="en-GB", reduced_motion="reduce")
    context.set_default_timeout(30_000)
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda message: complaints.extend(_complaint(message)))
    yield opened
    context.close()
    assert complaints == []


def _complaint(message: ConsoleMessage) -> list[str]:
    # A refused password or file answers 4xx on purpose, and Chromium calls that an error.
    is_error = message.type == "error" and "status of 4" not in message.text
    return [message.text] if is_error else []


@dataclass(frozen=True, slots=True)
class NewVault:
    """The service just started for the first time: its address and the one-time link it printed."""

    address: str
    set_up_link: str


@pytest.fixture
def new_vault(tmp_path: Path) -> Iterator[NewVault]:
    settings = Settings(home=tmp_path / "home", port=free_port())
    printed = tmp_path / "printed"
    with printed.open("wb") as output:
        command = [sys.executable, "-c", "from vault.cli.main import main; main()", "run"]
        process = subprocess.Popen(command, env=environment_of(settings), stdout=output, stderr=output)
    try:
        link = wait_until(lambda: _link_in(printed, process), "the set-up link is printed", seconds=120)
        yield NewVault(settings.address, link)
    finally:
        process.terminate()
        process.wait(60)


def _link_in(printed: Path, process: subprocess.Popen[bytes]) -> str | None:
    text = printed.read_text(errors="replace")
    assert process.poll() is None, f"the service ended:\n{text}"
    found = re.search(r"https?://\S+/setup/\S+", text)
    return found[0] if found else None


@dataclass(slots=True)
class FilledVault:
    """The demonstration's vault, every paper judged. `drop` is the address of the upload page of its papers."""

    demo: Demo
    drop: str
    _codes: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return self.demo.vault.settings.address

    @property
    def account(self) -> str:
        return f"{self.address}/a/{self.demo.account_id}"

    def next_code(self) -> str:
        """A recovery code that nobody has used. When all are, the person gets new ones."""
        if not self._codes:
            user_id = self.demo.actor.id
            self._codes.extend(second_factor.renew_recovery_codes(self.demo.vault, user_id))
        return self._codes.pop()

    def sign_in(self, page: Page) -> None:
        """With the password and a recovery code."""
        owner = self.demo.owner
        page.goto(f"{self.address}/sign-in")
        page.get_by_label("E-mail").fill(owner.email)
        page.get_by_label("Password").fill(owner.password)
        page.get_by_role("button", name="Sign in").click()
        page.locator("#code").fill(self.next_code())
        page.locator("form:has(#code) button").click()
        page.wait_for_url(lambda url: "/sign-in" not in url)


@pytest.fixture(scope="session")
def filled_vault(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FilledVault]:
    folder = tmp_path_factory.mktemp("demo")
    with (
        (folder / "log").open("wb") as log,
        prepared(folder / "home", free_port()) as demo,
        running(demo, log.fileno()),
    ):
        drop = fill(demo)
        wait_until(all_judged(demo, drop), "the papers are judged", seconds=240, pause=0.5)
        yield FilledVault(demo, drop)


def all_judged(demo: Demo, drop: str) -> Callable[[], bool]:
    """Asks whether every file of the drop at the address `drop` has come to its end."""
    batch_id = drop.rsplit("/", 1)[1]
    return lambda: batch_progress(demo.vault, demo.actor, batch_id).is_settled
