"""How one file of a drop is shown: a mark, a sentence, and where to look next. The same for the page and its script."""

from dataclasses import asdict, dataclass
from typing import Any

from flask import url_for

from vault.domain.message import N_, Message
from vault.services.documents.batches import BatchProgress, ItemProgress, Stage
from vault.web.i18n import say
from vault.web.paper_words import PAPER_KINDS

_SENTENCES = {
    Stage.KEPT: N_("Safely kept. Waiting to be read."),
    Stage.READING: N_("Being read."),
    Stage.UNREADABLE: N_("Kept, but it could not be read. Open it to see what to do."),
    Stage.QUARANTINED: N_("Kept, but set aside unread. Open it to see what to do."),
}
_FINAL = frozenset({Stage.JUDGED, Stage.UNREADABLE, Stage.QUARANTINED, Stage.REFUSED})


@dataclass(frozen=True, slots=True)
class UploadRow:
    """`mark` names a badge of macros/page.html. `page` of `pages` while the file is read, both 0 otherwise."""

    key: str
    name: str
    mark: str
    text: str
    url: str
    is_final: bool
    page: int = 0
    pages: int = 0


def rows_of(progress: BatchProgress) -> list[UploadRow]:
    return [_row(item) for item in progress.items]


def as_json(progress: BatchProgress) -> dict[str, Any]:
    """The rows with their drop's figures, as the upload script reads them."""
    return {
        "expected": progress.expected,
        "settled": progress.is_settled,
        "rows": [asdict(row) for row in rows_of(progress)],
    }


def _row(item: ItemProgress) -> UploadRow:
    return UploadRow(
        key=item.client_key,
        name=item.filename,
        mark=item.verdict or "judged" if item.stage is Stage.JUDGED else str(item.stage),
        text=_sentence(item),
        url=url_for("documents.show", document_id=item.document_id) if item.document_id else "",
        is_final=item.stage in _FINAL,
        page=item.page,
        pages=item.pages,
    )


def _sentence(item: ItemProgress) -> str:
    if item.message is not None:
        return say(item.message)
    if item.kept_as is not None:
        text = N_(
            "The same bytes are here already, as: %(kind)s. It stays that; open it to say that it is something else."
        )
        return say(Message(text, {"kind": say(PAPER_KINDS[item.kept_as])}))
    if item.is_duplicate:
        return say(N_("The same bytes are here already; this is the first document."))
    if item.stage is Stage.READING and item.pages:
        return say(Message(N_("Page %(page)s of %(pages)s"), {"page": str(item.page), "pages": str(item.pages)}))
    sentence = _SENTENCES.get(item.stage)
    return say(sentence) if sentence else ""
