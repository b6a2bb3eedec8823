"""Accessibility of the page at hand, by axe-core: in both themes, on a desktop and on a phone."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import DESKTOP, PHONE

_VIEWS = [(theme, size) for theme in ("light", "dark") for size in (DESKTOP, PHONE)]


def violations_on(page: Page) -> list[str]:
    """What axe finds, as sentences; leaves the page in the light theme on a desktop."""
    found: list[str] = []
    for theme, size in _VIEWS:
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        page.set_viewport_size(size)
        result = Axe().run(page)
        for violation in result.response["violations"]:
            places = [" ".join(map(str, node["target"])) for node in violation["nodes"][:4]]
            found.append(f"{theme}, {size['width']} px: {violation['id']}: {violation['help']}: {'; '.join(places)}")
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(DESKTOP)
    return found


def sideways_scroll_on(page: Page) -> bool:
    """Whether the page is wider than a phone."""
    page.set_viewport_size(PHONE)
    wider = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    page.set_viewport_size(DESKTOP)
    return bool(wider)
