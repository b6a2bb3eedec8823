"""Phone, e-mail, website and VAT number, and to whom they belong."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import phonenumbers
from stdnum.eu import vat as eu_vat
from stdnum.exceptions import ValidationError
from stdnum.gb import vat as gb_vat

from vault.domain.readings import Extracted
from vault.reading.understand.labels import Label
from vault.reading.understand.marks import Marked, Span
from vault.reading.understand.paper import Paper

EMAIL = re.compile(r"[\w.+\-]+ ?@ ?[\w\-]+(?:\.[\w\-]+)*\.[a-zA-Z]{2,10}\b")
_TOP_DOMAINS = r"com|de|fr|it|es|co\.uk|net|org|eu|nl|be|at|ch|com\.my|shop|io|biz|info|pt|pl"
WEBSITE = re.compile(
    r"(?<![@\w.])(?:https?://[\w\-.]+(?:/[\w\-./%]*)?|www ?\.[\w\-]+(?:\.[\w\-]+)+"
    rf"|(?:[\w\-]+\.)+(?:{_TOP_DOMAINS})(?![\w.@])(?:/[\w\-./%]*)?)",
    re.IGNORECASE,
)
PHONE = re.compile(r"(?<![\w.,/\-])(?:\+|00)?\(?\d[\d\s().\-/–]{5,20}\d(?![\w])")
VAT = re.compile(
    r"(?<![A-Z0-9])((?:AT ?U|BE|BG|CY|CZ|DE|DK|EE|EL|ES ?[A-Z]?|FI|FR ?[A-Z0-9]{0,2}|GB|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO"
    r"|SE|SI|SK|XI|CHE)[ \-]?[0-9][0-9A-Z .\-]{5,15}[0-9A-Z])(?![0-9])"
)
_PLAIN_VAT = re.compile(r"[\s:.]*([A-Z]?\d{8,12}[A-Z]?)(?!\d)")
_CLAIMANTS = frozenset(
    {
        Label.TAX,
        Label.VAT,
        Label.BUYER_VAT,
        Label.PHONE,
        Label.FAX,
        Label.BANK,
        Label.TAX_NUMBER,
        Label.COMPANY_NUMBER,
        Label.NUMBER,
        Label.OTHER_NUMBER,
        Label.INVOICE_NUMBER,
        Label.DATE,
        Label.CONTACT,
    }
)


Covers = Callable[[Span], bool]
"""Does a place on the paper belong to somebody?"""


@dataclass(frozen=True, eq=False)
class Contact(Span):
    """A contact datum where it stands. `label` speaks for it; `sure`: how well it passed its checks."""

    kind: Label
    value: str
    sure: float
    label: Label | None = None
    country: str | None = None


def find_contacts(paper: Paper, country: str | None) -> tuple[Contact, ...]:
    """All contact data of the paper, in reading order. `country` helps to understand national phone numbers."""
    return tuple(contact for page in paper.pages for contact in _on_page(page, country))


def choose(contacts: Sequence[Contact], kind: Label, own: Covers, others: Covers) -> Extracted[str] | None:
    """The one of the supplier: in the supplier's `own` lines, else nobody else's."""
    best: Contact | None = None
    best_score = 0.0
    for contact in contacts:
        if contact.kind is not kind or contact.label in (Label.BUYER_VAT, Label.FAX):
            continue
        score = contact.sure
        score += 0.5 if own(contact) else -0.6 if others(contact) else 0.0
        score += 0.15 if contact.label is kind else 0.0
        score -= 0.1 * (contact.page - 1)
        if best is None or score > best_score + 1e-9:
            best, best_score = contact, score
    if best is None or best_score < 0.2:
        return None
    return best.extract(best.value, min(0.97, 0.35 + 0.4 * best_score))


def _on_page(page: Marked, country: str | None) -> Iterator[Contact]:
    for row in page.sheet.rows:
        text = row.text
        if "@" in text:
            for match in EMAIL.finditer(text):
                yield Contact(row, *match.span(), Label.EMAIL, match.group().replace(" ", "").lower(), 0.8, Label.EMAIL)
        if "." in text:
            for match in WEBSITE.finditer(text):
                if "@" not in text[max(0, match.start() - 1) : match.end() + 1] and not _part_of_mail(text, match):
                    yield Contact(
                        row, *match.span(), Label.WEBSITE, match.group().replace(" ", ""), 0.75, Label.WEBSITE
                    )
        yield from _vat_numbers(page, row.index)
        yield from _phones(page, row.index, country)


def _part_of_mail(text: str, match: re.Match[str]) -> bool:
    return any(mail.start() <= match.start() < mail.end() for mail in EMAIL.finditer(text))


def _vat_numbers(page: Marked, index: int) -> Iterator[Contact]:
    row = page.sheet.rows[index]
    for match in VAT.finditer(row.text):
        span = Span(row, *match.span(1))
        claim = page.beside(span, _CLAIMANTS)
        if claim is not None and claim.label is Label.BANK:
            continue
        compact = re.sub(r"[ .\-]", "", match[1])
        valid = _is_valid_vat(compact)
        label = claim.label if claim is not None else None
        if valid or label in (Label.VAT, Label.BUYER_VAT, Label.TAX):
            yield Contact(row, span.start, span.end, Label.VAT, compact, 0.8 if valid else 0.5, label)
    for mark in page.marks[index]:
        if mark.label is Label.VAT and not VAT.search(row.text, mark.end):
            plain = _PLAIN_VAT.match(row.text, mark.end)
            if plain:
                yield Contact(row, *plain.span(1), Label.VAT, plain[1], 0.6, Label.VAT)


def _is_valid_vat(number: str) -> bool:
    if number.startswith(("GB", "XI")):
        return bool(gb_vat.is_valid(number[2:]))
    try:
        eu_vat.validate(number)
    except ValidationError:
        return False
    return True


def _phones(page: Marked, index: int, country: str | None) -> Iterator[Contact]:
    row = page.sheet.rows[index]
    for match in PHONE.finditer(row.text):
        digits = sum(letter.isdigit() for letter in match.group())
        if not 7 <= digits <= 15:
            continue
        span = Span(row, *match.span())
        claim = page.beside(span, _CLAIMANTS)
        label = claim.label if claim is not None and span.start - claim.mark.end < 6 else None
        if label not in (Label.PHONE, Label.FAX) and (label is not None or not _is_written_as_phone(match.group())):
            continue
        valid, region = _checked(match.group(), country)
        sure = (0.7 if valid else 0.45) if label is Label.PHONE else 0.5 if valid else 0.2
        yield Contact(row, *match.span(), Label.PHONE, match.group().strip(), sure, label, region)


def _checked(printed: str, country: str | None) -> tuple[bool, str | None]:
    """Can it be a phone number, and of which country, when it begins with an international prefix."""
    try:
        parsed = phonenumbers.parse(printed, country)
    except phonenumbers.NumberParseException:
        return False, None
    region = phonenumbers.region_code_for_number(parsed) if printed.lstrip("( ").startswith(("+", "00")) else None
    return phonenumbers.is_possible_number(parsed), region


def _is_written_as_phone(text: str) -> bool:
    """Without a label only what is unmistakable: an international prefix, or an area code in brackets."""
    return text.startswith(("+", "(0", "00")) or bool(
        re.fullmatch(r"\(\d{3}\)[ \-]?\d{3}-\d{4}|\d{3}[.\-]\d{3}[.\-]\d{4}", text)
    )
