"""The vault's own pages of a bundle as HTML, in the language of whoever reads it."""

from collections.abc import Sequence
from dataclasses import dataclass

from jinja2 import Environment

from vault.composing.papers import (
    Cover,
    InvoiceFacts,
    LetterPage,
    Paper,
    ReaderNote,
    SalesRecord,
    SectionFacts,
    Sheet,
    Slip,
    SupplierSheet,
)
from vault.wording.environment import environment


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the index. `name` is the place that it leads to; without a piece it is a section's."""

    name: str
    section: int
    piece: int | None
    title: str
    page: int
    invoice: InvoiceFacts | None = None


class Pages:
    """Each method gives HTML that holds all it needs."""

    def __init__(self, language: str, sheet: Sheet) -> None:
        self._environment: Environment = environment(language)
        self._always = {"language": language, "sheet": sheet.value}

    def paper(self, paper: Paper) -> str:
        """A page that stands by itself."""
        match paper:
            case Cover():
                return self._render("cover", paper=paper)
            case SalesRecord():
                most = max((month.units for month in paper.months), default=0)
                return self._render("sales", paper=paper, most=max(1, most))
            case SupplierSheet():
                return self._render("suppliers", paper=paper)
            case ReaderNote():
                return self._render("readme", paper=paper)
            case Slip():
                return self._render("slip", paper=paper)
            case LetterPage():
                return self._render("letter", paper=paper)

    def index(self, rows: Sequence[Row]) -> str:
        return self._render("index", rows=rows)

    def section(self, facts: SectionFacts, rows: Sequence[Row]) -> str:
        """The page that opens a section; `rows` are its pieces."""
        return self._render("section", facts=facts, rows=rows)

    def numbering(self) -> str:
        """What stands at the foot of a page, with places for {page} and {total}."""
        return str(
            self._environment.from_string(
                "{{ gettext('%(page)s of %(total)s', page='{page}', total='{total}') }}"
            ).render()
        )

    def _render(self, name: str, **values: object) -> str:
        return self._environment.get_template(f"bundles/{name}.html").render(**self._always, **values)
