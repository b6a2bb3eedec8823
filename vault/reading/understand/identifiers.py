"""Product identifiers in the text of a line item."""

import re

from stdnum import ean

from vault.domain.readings import Identifiers

_ASIN = re.compile(r"(?<![A-Z0-9])B0[0-9A-Z]{8}(?![A-Z0-9])")
_GTIN = re.compile(r"(?<![\d.,/\-])(\d{8}|\d{12,14})(?![\d.,/]|\-\d)")
_SKU = re.compile(
    r"\b(?:sku|msku|art(?:ikel)?[.\- ]*(?:nr|no|nummer)|item (?:no|code|number)|ref(?:erence|erencia)?|réf(?:érence)?"
    r"|cod(?:ice|igo)?(?: art(?:icolo)?)?|part (?:no|number)|product code|code|part|item)\.?\s*[:#.]?\s*"
    r"([A-Z0-9][A-Z0-9\-_./]{2,29})(?![\w])",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"(?:^|\s)\[([A-Z0-9][A-Z0-9\-_./]{2,24})\]", re.IGNORECASE)
_MODEL = re.compile(
    r"\b(?:model(?:l|e|lo|o)?|modèle|mpn|type|typ)\.?\s*(?:no|nr|n°|number)?\.?\s*[:#.]\s*([A-Z0-9][A-Z0-9\-_./]{1,29})",
    re.IGNORECASE,
)

_MODEL_LIKE = re.compile(r"(?<![\w\-./])(?=[A-Z\-]*\d)(?=\d*[A-Z])[A-Z0-9]{1,8}(?:-[A-Z0-9]{1,8}){0,2}(?![\w\-./])")
_MEASURE = re.compile(
    r"\d+(?:X\d+)*[A-Z]{1,3}|A\d|[A-Z]\d|USB-?\w*|\d+-\d+|[A-Z]{1,2}\d?|IP\d\d|(?:BT|PO)-?\d*|\d+[DG]"
)


def find_identifiers(text: str, codes: str = "", around: str = "") -> Identifiers:
    """The identifiers of one line item, from its description.

    `codes` is what stands in its columns of article numbers; `around`, all that stands on its rows, is searched only
    for what cannot be mistaken.
    """
    everything = f"{codes} {text} {around}"
    asin = next(iter(_ASIN.findall(everything)), None)
    gtin = next((number for number in _GTIN.findall(everything) if _is_gtin(number)), None)
    sku = next(
        (match[1] for pattern in (_BRACKETED, _SKU) if (match := pattern.search(text)) and _is_code(match[1])), None
    )
    sku = sku or next((code for code in codes.split() if _is_code(code) and not _is_gtin(code) and code != asin), None)
    return Identifiers(asin, gtin, sku, _model(text, {sku, gtin, asin}))


def _model(text: str, taken: set[str | None]) -> str | None:
    """What is called a model, else the first word of capitals and digits that is neither another code nor a measure."""
    named = _MODEL.search(text)
    if named and _is_code(named[1]):
        return named[1]
    return next(
        (word for word in _MODEL_LIKE.findall(text) if word not in taken and not _MEASURE.fullmatch(word)), None
    )


def _is_gtin(number: str) -> bool:
    """Valid check digit, and neither a date nor one digit all along."""
    if not number.isdigit() or (len(number) == 8 and number[:2] in ("19", "20")):
        return False
    return len(set(number)) > 2 and bool(ean.is_valid(number))


def _is_code(text: str) -> bool:
    return any(letter.isdigit() for letter in text) and len(text) >= 2
