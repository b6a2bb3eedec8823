"""A sentence for a person that can still be translated: the English text and its parameters, kept apart."""

from collections.abc import Mapping
from dataclasses import dataclass, field

# Parameters that hold a day, as ISO 8601: whoever shows the sentence writes it the reader's way.
DAYS = frozenset({"date", "day", "done_on", "due_on", "expires_on", "since"})
# Parameters that hold an amount of money or of goods, as a decimal number with a point: written the reader's way, too.
AMOUNTS = frozenset({"amount", "net", "price", "quantity", "sum", "tax", "total"})


def N_(text: str) -> str:
    """Marks `text` for extraction into the message catalogue; returns it unchanged."""
    return text


@dataclass(frozen=True, slots=True)
class Message:
    """`text` is a %-format with named parameters, e.g. ``Message(N_("Dated %(date)s."), {"date": "2026-01-31"})``.

    `str()` gives the English sentence; the web translates `text` first. Parameters are plain strings that a
    stranger may have written: whoever shows the sentence escapes it.
    """

    text: str
    params: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text % self.params if self.params else self.text
