"""What tasks are about: a word and an icon for each type of subject, and the page where it stands."""

from dataclasses import dataclass
from typing import Any

from flask import current_app, url_for

from vault.domain.ids import ID_LENGTH
from vault.services import words


@dataclass(frozen=True, slots=True)
class SubjectType:
    """`endpoint` shows it; `parameter` is the part of the address that takes its id, None where the page needs none.

    Of an id that has two parts it takes what is `behind` the sign between them.
    """

    word: str
    icon: str
    endpoint: str = ""
    parameter: str | None = None
    behind: str = ""


_UNKNOWN = SubjectType(words.OTHER_SUBJECT, "circle")
SUBJECTS = {
    "document": SubjectType(words.SUBJECTS["document"], "file-earmark-text", "documents.show", "document_id"),
    "account": SubjectType(words.SUBJECTS["account"], "building", "register.index"),
    "link": SubjectType(words.SUBJECTS["link"], "diagram-3", "links.pair", "link_id"),
    "security": SubjectType(words.SUBJECTS["security"], "shield-check", "security.index"),
    "emergency": SubjectType(words.SUBJECTS["emergency"], "exclamation-octagon", "emergencies.show", "emergency_id"),
    "routine": SubjectType(words.SUBJECTS["routine"], "arrow-repeat", "routines.show", "routine_id"),
    "further_account": SubjectType(words.SUBJECTS["further_account"], "folder-plus", "further.show", "file_id"),
    "audit": SubjectType(words.SUBJECTS["audit"], "envelope-exclamation", "audits.show", "audit_id"),
    "coverage": SubjectType(words.SUBJECTS["coverage"], "box-seam", "coverage.show", "asin", behind=":"),
    "sales": SubjectType(words.SUBJECTS["sales"], "bar-chart-steps", "coverage.index"),
    "manual": SubjectType(words.SUBJECTS["manual"], "pencil-square"),
}


def subject_type(name: str) -> SubjectType:
    return SUBJECTS.get(name, _UNKNOWN)


def subject_address(name: str, subject_id: str, account_id: str, anchor: str | None = None) -> str | None:
    """Where the subject stands, None where it has no page of its own."""
    subject = subject_type(name)
    if subject.endpoint not in current_app.view_functions:
        return None
    shown = subject_id.partition(subject.behind)[2] if subject.behind else subject_id[:ID_LENGTH]
    values: dict[str, Any] = {subject.parameter: shown} if subject.parameter else {}
    if current_app.url_map.is_endpoint_expecting(subject.endpoint, "account_id"):
        values["account_id"] = account_id
    return url_for(subject.endpoint, _anchor=anchor, **values)
