"""An audit as its pages show it: the steps, the time that is left, the notice with what was recognised in it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext, ngettext

from vault.db.entities.audits import Audit
from vault.domain.audits import AuditState
from vault.domain.findings import Finding, Outcome, Verdict, verdict_of
from vault.domain.message import N_
from vault.domain.notice_readings import Passage, TermUnit
from vault.domain.roles import Permission
from vault.services.audits.notice import Notice
from vault.services.audits.pages import OpenAudit
from vault.web.identity import current_actor

_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an answer. `findings`: what is missing in it now."""

    name: str
    title: str
    verdict: Verdict | None
    findings: tuple[Finding, ...]


_EVIDENCE = ("audit.evidence", "audit.units", "audit.refusal", "audit.sent_before", "audit.supplier_reply")
_STEPS = (
    ("notice", N_("The notice"), ("audit.confirmed", "audit.deadline", "audit.owner")),
    ("acknowledge", N_("Tell Amazon that you are at it"), ("audit.acknowledged",)),
    ("evidence", N_("The evidence"), _EVIDENCE),
    ("answer", N_("The answer"), ("audit.answer",)),
    ("bundle", N_("The bundle"), (*_EVIDENCE, "audit.answer")),
    ("outcome", N_("Sending and outcome"), ("audit.follow_up",)),
)


def may_work_on(audit: Audit) -> bool:
    """Whether the person who looks at it can change anything in it."""
    return current_actor().may(Permission.CORRECT, audit.account_id) and not AuditState(audit.state).is_over


def steps_of(opened: OpenAudit) -> tuple[Step, ...]:
    """The steps in their order, each with what is missing in it."""
    return tuple(_step(name, title, checks, opened.findings) for name, title, checks in _STEPS)


def _step(name: str, title: str, checks: Iterable[str], findings: tuple[Finding, ...]) -> Step:
    judged = [each for each in findings if each.check in checks and each.outcome is not Outcome.NOT_APPLICABLE]
    gaps = tuple(each for each in judged if each.is_gap)
    return Step(name, title, verdict_of(judged) if judged else None, gaps)


def time_left(deadline: datetime | None, now: datetime) -> str:
    """The time until the deadline in words, or since: whole days and hours, minutes in the last hour."""
    if deadline is None:
        return ""
    seconds = (deadline - now).total_seconds()
    amount = _span(int(abs(seconds)))
    words = gettext("%(time)s left", time=amount) if seconds > 0 else gettext("%(time)s too late", time=amount)
    return str(words)


def _span(seconds: int) -> str:
    if seconds < _HOUR:
        return str(ngettext("%(num)d minute", "%(num)d minutes", max(1, seconds // 60)))
    days, hours = divmod(seconds // _HOUR, 24)
    parts = [ngettext("%(num)d day", "%(num)d days", days)] if days else []
    if hours and days < 7:
        parts.append(ngettext("%(num)d hour", "%(num)d hours", hours))
    return " ".join(parts)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the notice; `is_found`: something was recognised in it."""

    text: str
    is_found: bool


def marked(notice: Notice) -> Iterator[Stretch]:
    """The notice cut where something was recognised."""
    at = 0
    for start, end in _spans(notice):
        if start < at:
            continue
        if start > at:
            yield Stretch(notice.text[at:start], False)
        yield Stretch(notice.text[start:end], True)
        at = end
    if at < len(notice.text):
        yield Stretch(notice.text[at:], False)


def _spans(notice: Notice) -> list[tuple[int, int]]:
    reading = notice.reading
    single = [each for each in (reading.sent_at, reading.dated, reading.marketplace) if each is not None]
    reasons = [reason for kind in reading.kinds[:1] for reason in kind.reasons]
    found: list[Passage[Any]] = [
        *reading.asins, *reading.order_ids, *reading.case_ids, *reading.deadlines, *reading.demands, *reasons, *single,
    ]  # fmt: skip
    return sorted({(each.start, each.end) for each in found if each.end > each.start})


def offered(opened: OpenAudit, zone: ZoneInfo) -> dict[str, Any]:
    """The form's values: what was confirmed, else what was recognised."""
    audit = opened.audit
    if audit.confirmed_at is not None:
        return {
            "kind": audit.kind,
            "noticed_on": audit.noticed_on,
            "deadline": audit.deadline.astimezone(zone) if audit.deadline else None,
            "asins": " ".join(opened.asins),
            "orders": " ".join(opened.orders),
            "case_id": audit.case_id,
            "asked_for": audit.asked_for,
            "marketplace": audit.marketplace,
            "language": audit.language,
        }
    return _recognised(opened, zone)


def _recognised(opened: OpenAudit, zone: ZoneInfo) -> dict[str, Any]:
    reading, came = opened.notice.reading, opened.audit.created_at.astimezone(zone)
    sent = reading.sent_at.value.astimezone(zone) if reading.sent_at else None
    return {
        "kind": reading.kinds[0].kind if reading.kinds else "",
        "noticed_on": sent.date() if sent else reading.dated.value if reading.dated else came.date(),
        "deadline": _deadline(opened, sent, came),
        "asins": " ".join(str(each.value) for each in reading.asins),
        "orders": " ".join(each.value for each in reading.order_ids),
        "case_id": reading.case_ids[0].value[:60] if reading.case_ids else "",
        "asked_for": sorted({each.value.request for each in reading.demands}),
        "marketplace": reading.marketplace.value if reading.marketplace else "",
        "language": reading.language or "en",
    }


def _deadline(opened: OpenAudit, sent: datetime | None, came: datetime) -> datetime | None:
    """Counted from when the notice was sent, else came, by the clock of the business. A day without a clock ends in the evening."""
    if not opened.notice.reading.deadlines:
        return None
    deadline, dated = opened.notice.reading.deadlines[0].value, opened.notice.reading.dated
    if deadline.term is None:
        if deadline.moment is not None:
            return deadline.moment.astimezone(came.tzinfo)
        return _evening(deadline.day, came) if deadline.day else None
    if sent is not None or dated is None or dated.value > came.date():
        return deadline.term.end(sent or came)
    # The hour is not known: counted from the day's beginning, nobody is late.
    ended = deadline.term.end(datetime.combine(dated.value, time(), came.tzinfo))
    return ended if deadline.term.unit is TermUnit.HOURS else _evening(ended.date(), came)


def _evening(day: date, came: datetime) -> datetime:
    return datetime.combine(day, time(18), came.tzinfo)
