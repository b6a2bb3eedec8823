"""Was it edited after it was made? Source: policy (altered documents and mixed fonts are reasons for refusal).

What the reader noticed is judged here: the rule book says which signs decide, and which say nothing alone.
"""

from collections.abc import Iterator, Mapping

from vault.checks.answer import Answer
from vault.checks.facts import InvoiceFacts
from vault.domain.findings import Finding
from vault.domain.message import N_, Message
from vault.domain.readings import SIGNS_IN_PART, Extracted, PageSource, Reading, Sign, SignKind, Source

_ASK = N_(
    "Look at the place. If nobody here can explain it, ask the supplier to send the invoice again as it left their system. "
    "Never edit an invoice, not even to remove prices: a copy without prices can be made here."
)
_GAP = "altered"

_SAID: Mapping[SignKind, str] = {
    SignKind.CHANGED_TEXT: N_(
        "Text was changed after the file was made: it says “%(raw)s” now, “%(compared)s” before."
    ),
    SignKind.CHANGED_LOOK: N_("Page %(page)s was drawn in another way after the file was made."),
    SignKind.COVERED: N_("“%(compared)s” was covered up, and “%(raw)s” was written over it."),
    SignKind.LAID_OVER: N_("A comment, stamp or shape was laid over “%(compared)s”: “%(raw)s”."),
    SignKind.MIXED_FONTS: N_("The figures of “%(raw)s” come from different fonts: %(compared)s."),
    SignKind.INVISIBLE: N_("“%(raw)s” is in the file, but the page does not show it."),
    SignKind.XML_DIFFERS: N_("The page says “%(raw)s”, the e-invoice inside the file says “%(compared)s”."),
    SignKind.EDITING_TOOL: N_(
        "The file was last saved by “%(raw)s”, a program that edits finished documents and pictures."
    ),
    SignKind.SAVED_LATER: N_("The file was made on %(compared)s and saved again on %(raw)s."),
}
# Where nothing stands there now, and where nothing is known to have stood there before.
_WITHOUT_RAW: Mapping[SignKind, str] = {
    SignKind.CHANGED_TEXT: N_("“%(compared)s” was removed after the file was made."),
    SignKind.COVERED: N_("“%(compared)s” was covered up."),
    SignKind.LAID_OVER: N_("A comment, stamp or shape was laid over “%(compared)s”."),
}
_WITHOUT_COMPARED: Mapping[SignKind, str] = {
    SignKind.CHANGED_TEXT: N_("“%(raw)s” was added after the file was made."),
    SignKind.COVERED: N_("“%(raw)s” was written over a part of the scan that was covered up."),
    SignKind.LAID_OVER: N_("The comment “%(raw)s” was laid over the scan."),
}


def check(facts: InvoiceFacts, answer: Answer) -> Iterator[Finding]:
    """A finding for each sign. Settings: `decisive` kinds fail, others warn; `never_alone` ones count beside others only."""
    signs = facts.reading.signs
    if signs is None:
        yield _not_looked_at(answer)
        return
    if any(sign.kind not in answer.rule.words("never_alone") for sign in signs):
        for position, sign in enumerate(signs, start=1):
            yield _judge(sign, f"sign {position}" if len(signs) > 1 else "", answer)
    elif unread := [str(page.number) for page in facts.reading.pages if page.source is PageSource.UNREAD]:
        stated = {"pages": ", ".join(unread[:10])}
        yield answer.unknown(
            Message(N_("What could not be read could not be looked at for signs of editing: page %(pages)s."), stated),
            Message(N_("Look at the page. If it matters, upload it on its own or as a better scan.")),
            why=stated,
        )
    elif any(problem.code == SIGNS_IN_PART for problem in facts.reading.problems):
        yield _looked_at_in_part(facts.reading, answer)
    else:
        stated = {sign.kind.value: f"{sign.compared} → {sign.raw}" for sign in signs}
        yield answer.passed(Message(N_("No sign of editing was found.")), why=stated)


def _not_looked_at(answer: Answer) -> Finding:
    """Unknown where it decides. Elsewhere nothing is said: no invoice loses its verdict because the vault was renewed."""
    message = Message(N_("This document was read before signs of editing were looked for. It is read again by itself."))
    if not answer.rule.required:
        return answer.not_applicable(message)
    return answer.unknown(message, Message(N_("Where you cannot wait, open the document and have it read again.")))


def _looked_at_in_part(reading: Reading, answer: Answer) -> Finding:
    """Unknown under every profile: only files far beyond ordinary invoices come here."""
    pages = [str(problem.page) for problem in reading.problems if problem.code == SIGNS_IN_PART and problem.page]
    stated = {"pages": ", ".join(pages[:10])}
    message = N_("Not everything in this file could be looked at for signs of editing.")
    if pages:
        message = N_("Not everything in this file could be looked at for signs of editing: page %(pages)s.")
    advice = N_("Look at it yourself. If it matters, ask the supplier for the invoice as it left their system.")
    return answer.unknown(Message(message, stated), Message(advice), why=stated)


def _judge(sign: Sign, item: str, answer: Answer) -> Finding:
    stated = {"raw": sign.raw, "compared": sign.compared, "page": str(sign.page or "")}
    make = answer.failed if sign.kind in answer.rule.words("decisive") else answer.warned
    return make(
        Message(_message(sign), stated),
        Message(_ASK),
        seen=Extracted(sign.raw or sign.compared, 1.0, Source.TEXT, sign.raw or sign.compared, sign.page, sign.box),
        item=item,
        why={"sign": sign.kind.value, **stated},
        gap=_GAP,
    )


def _message(sign: Sign) -> str:
    if not sign.raw and sign.kind in _WITHOUT_RAW:
        return _WITHOUT_RAW[sign.kind]
    if not sign.compared and sign.kind in _WITHOUT_COMPARED:
        return _WITHOUT_COMPARED[sign.kind]
    return _SAID[sign.kind]
