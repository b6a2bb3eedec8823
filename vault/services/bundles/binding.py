"""The combined PDF of a bundle: the letter, a section for each product, further papers, the suppliers."""

from collections.abc import Iterable

from vault.composing.book import Book, Piece, Section
from vault.composing.papers import InvoiceFacts, SectionFacts
from vault.services.bundles.contents import Contents, ProductSection
from vault.services.bundles.files import OTHERS, CopiedFile
from vault.services.bundles.options import BundleOptions
from vault.services.bundles.sheets import FURTHER, LETTER_TITLE, SALES_TITLE, SUPPLIERS_TITLE, Sheets


def book_of(
    contents: Contents, options: BundleOptions, copies: Iterable[CopiedFile], sheets: Sheets, letter: str
) -> Book:
    """What is bound, in order. `copies`: of every section."""
    by_section: dict[str, list[CopiedFile]] = {}
    for copy in copies:
        by_section.setdefault(copy.section, []).append(copy)
    sections = []
    if letter:
        page = Piece(sheets.say(LETTER_TITLE), sheets.letter(letter), framed=False)
        sections.append(Section(sheets.say(LETTER_TITLE), (page,)))
    sections += [_product(each, by_section.get(each.asin, []), contents, sheets) for each in contents.products]
    if others := by_section.get(OTHERS):
        sections.append(Section(sheets.say(FURTHER), tuple(_piece(copy) for copy in others)))
    if contents.suppliers:
        page = Piece(sheets.say(SUPPLIERS_TITLE), sheets.suppliers(), framed=False)
        sections.append(Section(sheets.say(SUPPLIERS_TITLE), (page,)))
    return Book(sheets.cover, tuple(sections), contents.audit.language, options.sheet)


def _product(section: ProductSection, copies: list[CopiedFile], contents: Contents, sheets: Sheets) -> Section:
    need = section.need
    since, until = contents.window if need else (None, None)
    facts = SectionFacts(
        asin=section.asin,
        product=section.title,
        since=since,
        until=until,
        units_invoiced=need.bought if need else None,
        units_sold=need.sold if need else None,
    )
    pieces = [_piece(copy) for copy in copies]
    if need:
        pieces.append(Piece(sheets.say(SALES_TITLE), sheets.sales(section), framed=False))
    return Section(f"{section.asin} {section.title}".strip(), tuple(pieces), facts)


def _piece(copy: CopiedFile) -> Piece:
    document = copy.shown.included.document
    invoice = None
    if document.is_invoice:
        invoice = InvoiceFacts(document.number, document.supplier_name, document.issue_date, copy.shown.units)
    return Piece(copy.shown.included.name, copy.path, invoice)
