"""The combined PDF of a bundle: the letter, a section for each product, further papers, the suppliers."""

from collections.abc import Callable

from vault.composing.book import Book, Piece, Section
from vault.composing.papers import InvoiceFacts, SectionFacts
from vault.services.bundles.contents import OTHERS, Contents, ProductSection, Shown
from vault.services.bundles.files import Copied, CopiedFile
from vault.services.bundles.sheets import FURTHER, LETTER_TITLE, SALES_TITLE, SUPPLIERS_TITLE, Sheets

_Pieces = Callable[[str, tuple[Shown, ...]], tuple[Piece, ...]]


def book_of(contents: Contents, copied: Copied, sheets: Sheets, *, has_originals: bool) -> Book:
    """What is bound, in order. A document without a copy has a page that says so, and its line in the index.

    `has_originals`: they are sent beside the book.
    """
    copies = {each.key: each for each in copied.files}
    slips = {each.enclosed.id: each for each in copied.left_out}

    def pieces(section: str, all_shown: tuple[Shown, ...]) -> tuple[Piece, ...]:
        made = []
        for shown in all_shown:
            if (copy := copies.get((section, shown.document_id))) is not None:
                made.append(_piece(copy))
            elif (slip := slips.get(shown.document_id)) is not None:
                title, page = sheets.slip(slip, has_originals=has_originals)
                made.append(Piece(title, page, framed=False))
        return tuple(made)

    sections = []
    if contents.letter:
        page = Piece(sheets.say(LETTER_TITLE), sheets.letter(contents.letter), framed=False)
        sections.append(Section(sheets.say(LETTER_TITLE), (page,)))
    sections += [_product(each, contents, sheets, pieces) for each in contents.products]
    if contents.others:
        sections.append(Section(sheets.say(FURTHER), pieces(OTHERS, contents.others)))
    if contents.suppliers:
        title = sheets.say(SUPPLIERS_TITLE)
        sections.append(Section(title, tuple(Piece(title, page, framed=False) for page in sheets.suppliers())))
    cover = sheets.cover(len({each.enclosed.id for each in copied.files}), has_originals=has_originals)
    return Book(cover, tuple(sections), contents.demand.language, sheets.sheet, archival=True)


def _product(section: ProductSection, contents: Contents, sheets: Sheets, pieces: _Pieces) -> Section:
    sales = section.sales
    since, until = contents.window if section.bought is not None else (None, None)
    facts = SectionFacts(
        asin=section.asin,
        product=section.title,
        since=since,
        until=until,
        units_invoiced=section.bought,
        units_sold=sales.units if sales else None,
        days_unknown=sales.days_unknown if sales else 0,
    )
    bound = pieces(section.asin, section.shown)
    if sales:
        bound = (*bound, Piece(sheets.say(SALES_TITLE), sheets.sales(section, sales), framed=False))
    return Section(f"{section.asin} {section.title}".strip(), bound, facts)


def _piece(copy: CopiedFile) -> Piece:
    document = copy.enclosed
    invoice = None
    if document.is_invoice:
        invoice = InvoiceFacts(document.number, document.supplier_name, document.issued_on, copy.shown.units)
    return Piece(document.name, copy.path, invoice, copied=True)
