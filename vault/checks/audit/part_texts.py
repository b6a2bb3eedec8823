"""What the parts of the evidence are called when they are missing."""

from collections.abc import Mapping
from types import MappingProxyType

from vault.domain.message import N_

_MISSING: Mapping[str, str] = MappingProxyType(
    {
        "invoices": N_("Supplier invoices are missing."),
        "authorisation": N_("A letter of authorisation or a licence is missing."),
        "safety": N_("A certificate of conformity or a test report is missing."),
        "payment": N_("A proof of payment is missing."),
        "photos": N_("Photos are missing."),
        "delivery": N_("A proof of delivery is missing."),
        "company": N_("Company papers are missing."),
        "identity": N_("Identity papers are missing."),
        "brands": N_("Proof of your own brands is missing."),
        "approval": N_("Amazon's approval is missing."),
        "correspondence": N_("The correspondence is missing."),
        "screens": N_("Screenshots are missing."),
    }
)
_ANOTHER = N_("A part of the evidence is missing.")


def part_title(name: str) -> str:
    """The sentence that says that the part is missing; an operator's own part has a general one."""
    return _MISSING.get(name, _ANOTHER)
