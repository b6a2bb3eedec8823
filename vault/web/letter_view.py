"""A letter as its pages show it: marked where something was found, and as an address for a mail program."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import quote

from babel import Locale
from flask_babel import get_locale

from vault.domain.findings import Outcome
from vault.domain.message import N_
from vault.letters.facts import LANGUAGES, LetterKind
from vault.letters.lint import LetterFinding
from vault.services.letters.letters import Letter

LETTERS = {
    LetterKind.ACKNOWLEDGEMENT: N_("The acknowledgement"),
    LetterKind.ANSWER: N_("The answer"),
    LetterKind.SUPPLIER_REQUEST: N_("Mail to the supplier"),
}
# Mail programs and browsers cut longer addresses off: the subject goes alone then, and the text is copied.
_LONGEST_ADDRESS = 1900


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a letter. `outcome`: of the gravest finding in it, if any; `numbers`: of those that end with it."""

    text: str
    outcome: Outcome | None = None
    numbers: tuple[int, ...] = ()


def marked_letter(letter: Letter) -> Iterator[Stretch]:
    """The text cut at the findings; their numbers count from 1, as the list beside it does."""
    numbered = [(number, each) for number, each in enumerate(letter.findings, 1) if each.end > each.start]
    places = sorted({0, len(letter.text), *(place for _, each in numbered for place in (each.start, each.end))})
    for start, end in pairwise(places):
        here = [(number, each) for number, each in numbered if each.start <= start and end <= each.end]
        yield Stretch(
            letter.text[start:end],
            _gravest(each for _, each in here),
            tuple(number for number, each in here if each.end == end),
        )


def language_names() -> list[tuple[str, str]]:
    """The languages in which there are letters, as the reader calls them."""
    here = get_locale() or Locale("en")
    return [(code, here.languages[code].capitalize()) for code in LANGUAGES]


def subject_and_body(text: str) -> tuple[str, str]:
    """The first line names the subject behind the language's own word and a colon."""
    first, _, rest = text.partition("\n")
    _, colon, subject = first.partition(":")
    return (subject.strip(), rest.strip()) if colon else ("", text.strip())


def mail_address(letter: Letter) -> str:
    """The mail as a ``mailto:`` address; without its text where that is too long, empty where no address is known."""
    address = letter.supplier.email if letter.supplier else ""
    if not address:
        return ""
    subject, body = subject_and_body(letter.text)
    bare = f"mailto:{quote(address, safe='@')}?subject={quote(subject)}"
    whole = f"{bare}&body={quote(body.replace(chr(10), chr(13) + chr(10)))}"
    return whole if len(whole) <= _LONGEST_ADDRESS else bare


def _gravest(findings: Iterable[LetterFinding]) -> Outcome | None:
    outcomes = [each.outcome for each in findings]
    if not outcomes:
        return None
    return Outcome.FAIL if Outcome.FAIL in outcomes else Outcome.WARN
