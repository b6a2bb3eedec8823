"""HTML to pages. Only to be used in the sandbox."""

import logging
from dataclasses import dataclass
from typing import Any, NoReturn

from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from vault.composing.copies import Copy
from vault.composing.press.conformance import flaws_of_pages
from vault.composing.press.document import Document
from vault.composing.press.leaves import VectorLeaves
from vault.composing.press.original import PdfOriginal
from vault.composing.requests import PrintRequest
from vault.sandbox.limits import Limits
from vault.sandbox.refusals import unreadable

WARM_UP = "<p>Seller Vault № 1 — 卖家"
MISSING_GLYPH = "missing_glyph"
_MISSING = ".notdef glyph"


@dataclass(frozen=True, slots=True)
class Printed:
    """`flaws`: `MISSING_GLYPH` where a character is shown as an empty box."""

    content: bytes
    flaws: tuple[str, ...]


def printed_copy(html: str, request: PrintRequest, limits: Limits) -> Copy:
    """Pages as one PDF without dates and chance in it: the same HTML gives the same bytes. Raises Unreadable."""
    made = printed(html)
    document, original = Document(""), PdfOriginal(made.content, limits)
    vectors = VectorLeaves(made.content, document.writer)
    for number in range(1, len(original) + 1):
        document.pages.append(document.desk.bare(vectors.leaf(number, original.placing(number))))
    vectors.finish()
    flaws = (*made.flaws, *flaws_of_pages(vectors.reader))
    content = document.written(request.title, request.language, request.attachments, conforms=not flaws)
    return Copy(content, len(document.pages), flaws)


def typeset(html: str, limits: Limits) -> Copy:
    """Pages for a larger file, as they are before they are taken over into it. Raises Unreadable."""
    made = printed(html)
    return Copy(made.content, len(PdfOriginal(made.content, limits)), made.flaws)


def printed(html: str) -> Printed:
    """A PDF that conforms to PDF/A-2b as far as WeasyPrint can tell. Raises Unreadable(``damaged``)."""
    log, ear = logging.getLogger("weasyprint"), _Ear()
    log.addHandler(ear)
    try:
        document = HTML(string=html, base_url=None, url_fetcher=NothingElse())
        content: bytes = document.write_pdf(font_config=FontConfiguration(), pdf_variant="pdf/a-2b")
    except (ValueError, TypeError, AttributeError, IndexError, KeyError) as error:
        raise unreadable("damaged") from error
    finally:
        log.removeHandler(ear)
    return Printed(content, (MISSING_GLYPH,) if ear.heard else ())


class NothingElse(URLFetcher):  # type: ignore[misc]
    """What is not in the HTML itself is not fetched: neither from the network nor from the file system."""

    def fetch(self, url: str, headers: Any = None) -> NoReturn:
        raise ValueError(f"refused: {url[:80]}")


class _Ear(logging.Handler):
    """Hears of characters that no font has: WeasyPrint says so in its log only."""

    heard = False

    def emit(self, record: logging.LogRecord) -> None:
        self.heard = self.heard or str(record.msg).startswith(_MISSING)
