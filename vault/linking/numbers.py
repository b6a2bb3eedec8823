"""VAT, tax and company numbers, made comparable."""

from stdnum import get_cc_module
from stdnum.ch import uid
from stdnum.exceptions import ValidationError

from vault.domain.errors import Invalid
from vault.domain.message import N_
from vault.linking.plain import bare

# How VAT numbers write these countries.
_PREFIXES = {"GR": "EL"}
_COUNTRIES = {"EL": "GR", "XI": "GB"}
_LONGEST = 32


def normal_vat_number(text: str, country: str) -> str:
    """The number with its country in front, ``FR40303265045``; one without is taken to be of `country`.

    Raises Invalid where the country's check digits do not fit.
    """
    compact = bare(text)
    if not compact[:2].isalpha() and country:
        compact = _PREFIXES.get(country, country) + compact
    code = compact[:2]
    if not 6 <= len(compact) <= _LONGEST or not code.isalpha() or not any(char.isdigit() for char in compact):
        raise Invalid(N_("This is no VAT number. It begins with the country, like FR40303265045."))
    try:
        return code + _checked(code, compact).removeprefix(code)
    except ValidationError:
        raise Invalid(
            N_("This VAT number has a typing error: its check digits do not fit. Compare it with the registration.")
        ) from None


def _checked(code: str, compact: str) -> str:
    """The number as its country writes it, as it is for a country whose numbers have no known check digits."""
    if code == "CH":
        return str(uid.validate(compact[:12]))  # the letters MWST, TVA or IVA may follow
    module = get_cc_module(_COUNTRIES.get(code, code).lower(), "vat")
    return compact if module is None else bare(module.validate(compact))


def normal_number(text: str) -> str:
    """A tax or company number without spaces and punctuation. Raises Invalid for what is none."""
    compact = bare(text)
    if not 4 <= len(compact) <= _LONGEST or not any(char.isdigit() for char in compact):
        raise Invalid(
            N_("This is no such number. Write its letters and digits as the register or the tax office does.")
        )
    return compact
