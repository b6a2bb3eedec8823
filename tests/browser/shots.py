"""Pictures of every page of the demonstration, in both themes, on a desktop and on a phone.

    python -m tests.browser.shots [--folder shots] [--readme docs/images]

`--readme` also writes the pictures that the README shows, compressed: a document, what links two accounts, and
an audit.
"""

import argparse
import io
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from demo.__main__ import fill, free_port, prepared, running
from tests.browser.conftest import CHROMIUM, DESKTOP, FLAGS, PHONE, FilledVault, all_judged, window
from tests.browser.pages import an_audit, document_named, linked_pair, signed_in_pages, stranger_pages
from tests.servers.waiting import wait_until

README_SIZE = {"width": 1440, "height": 960}
README_PAPER = "facture-total.pdf"
_COLOURS = 128


def take_all(page: Page, pages: Mapping[str, str], folder: Path) -> Iterator[Path]:
    """A file a page, theme and width: ``documents.show-dark-390.png``."""
    for name, address in pages.items():
        page.goto(address)
        page.wait_for_load_state("networkidle")
        for theme in ("light", "dark"):
            for size in (DESKTOP, PHONE):
                page.emulate_media(color_scheme=theme, reduced_motion="reduce")
                page.set_viewport_size(size)
                path = folder / f"{name.replace(' ', '-')}-{theme}-{size['width']}.png"
                page.screenshot(path=path, full_page=size is PHONE)
                yield path


def take_for_readme(page: Page, pages: Mapping[str, str], folder: Path) -> Iterator[Path]:
    """A file a page, by its name. Fewer colours keep it small."""
    folder.mkdir(parents=True, exist_ok=True)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(README_SIZE)
    for name, address in pages.items():
        page.goto(address)
        page.wait_for_load_state("networkidle")
        picture = Image.open(io.BytesIO(page.screenshot()))
        path = folder / f"{name}.png"
        picture.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
        yield path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=Path("shots"))
    parser.add_argument("--readme", type=Path)
    wanted = parser.parse_args()
    wanted.folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="sellervault-shots-") as home,
        prepared(Path(home), free_port(8080)) as demo,
        running(demo),
    ):
        drop = fill(demo)
        wait_until(all_judged(demo, drop), "the papers are judged", seconds=240, pause=0.5)
        vault = FilledVault(demo, drop)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            with window(browser) as page:
                taken = list(take_all(page, stranger_pages(demo), wanted.folder))
                vault.sign_in(page)
                taken += take_all(page, signed_in_pages(demo, drop), wanted.folder)
                if wanted.readme:
                    paper = f"{vault.account}/documents/{document_named(demo, README_PAPER)}"
                    pair = f"{vault.address}/links/{linked_pair(demo)}"
                    audit = f"{vault.account}/audits/{an_audit(demo)}"
                    taken += take_for_readme(page, {"document": paper, "links": pair, "audit": audit}, wanted.readme)
            browser.close()
    print(f"{len(taken)} pictures in {wanted.folder}")  # noqa: T201


if __name__ == "__main__":
    main()
