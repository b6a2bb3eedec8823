"""Is everything there that the letter says is attached? Source: guide (each point with its proof)."""

import re
from collections.abc import Iterator

from vault.domain.message import N_, Message
from vault.letters.draft import Draft, Remark
from vault.letters.phrases import papers, phrases, sections
from vault.rules.book import CheckRule

_FILE = re.compile(
    r"(?i)(?<![\w./@-])[\w()+-][\w.()+-]{0,80}\.(?:pdf|jpe?g|png|gif|tiff?|heic|webp|xml|csv|xlsx?|docx?|zip|txt|eml)(?!\w)"
)


def check(draft: Draft, rule: CheckRule) -> Iterator[Remark]:
    if draft.answer is None:
        return
    for match in _FILE.finditer(draft.without_names):
        yield Remark(
            *match.span(),
            Message(N_("%(file)s is not in the bundle."), {"file": match.group()}),
            Message(N_("Add the document to the evidence, or correct its name.")),
        )
    for start, end in draft.sentences:
        said = next(phrases("attached").find(draft, start, end), None)
        if said is not None:
            yield from _missing(draft, said, start, end)


def _missing(draft: Draft, said: re.Match[str], start: int, end: int) -> Iterator[Remark]:
    advice = Message(N_("Add the document to the evidence, or take the sentence out."))
    there = {item.kind for item in draft.evidence}
    for section in sections("attached")[1:]:
        named = next(phrases("attached", section).find(draft, start, end), None)
        if named is not None and not there & papers("attached", section):
            what = {"what": draft.text[named.start() : named.end()]}
            yield Remark(*named.span(), Message(N_("Said to be there, but not in the bundle: %(what)s."), what), advice)
            return
    if not there:
        yield Remark(*said.span(), Message(N_("Nothing is in the bundle yet.")), advice)
