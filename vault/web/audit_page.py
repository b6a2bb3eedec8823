"""The page of one audit: every step of it, whatever was asked for or refused on it."""

from collections.abc import Iterator

from flask import render_template, request

from vault.domain.audits import FOLLOWING, AuditState
from vault.domain.roles import Permission
from vault.services.audits.pages import OpenAudit, read_audit
from vault.web import audit_words
from vault.web.audit_evidence import parts_of
from vault.web.audit_forms import EventForm
from vault.web.audit_guests import panel_of as guest_panel
from vault.web.audit_notice import doubts_in_words
from vault.web.audit_view import may_work_on, steps_of, time_left
from vault.web.bundle_panel import BundleForm, bundle_panel
from vault.web.identity import current_actor, current_vault
from vault.web.journal_words import ACTIONS, MACHINES
from vault.web.letter_panel import letters_of


def page_of(account_id: str, audit_id: str, *, noted: EventForm | None = None, asked: BundleForm | None = None) -> str:
    """`noted`, `asked`: the forms of the timeline and of the bundle as they were sent, where they were refused."""
    vault, actor = current_vault(), current_actor()
    opened = read_audit(vault, actor, account_id, audit_id)
    unfolded = request.args.get("all", "")
    return render_template(
        "audits/show.html",
        opened=opened,
        audit=opened.audit,
        steps=steps_of(opened),
        parts=parts_of(opened.sections, unfolded, request.args.get("decided", "")),
        unfolded=unfolded,
        gathered=opened.gathered,
        sender_doubts=doubts_in_words(opened.notice.reading.doubts),
        left=time_left(opened.audit.deadline, vault.clock()),
        form=noted or event_form(),
        words=audit_words,
        **bundle_panel(opened, asked),
        moves=list(_moves(opened)) if actor.may(Permission.MANAGE, account_id) else [],
        may_work=may_work_on(opened.audit),
        is_over=AuditState(opened.audit.state).is_over,
        may_note=actor.may(Permission.CORRECT, account_id),
        actions=ACTIONS,
        machines=MACHINES,
        **guest_panel(account_id, audit_id),
        **letters_of(opened),
    )


def event_form() -> EventForm:
    """The form of the timeline, filled from the request where that has sent it."""
    form = EventForm()
    form.prepare()
    return form


def _moves(opened: OpenAudit) -> Iterator[AuditState]:
    """What can follow now; what was never confirmed can only be withdrawn."""
    for state in FOLLOWING[AuditState(opened.audit.state)]:
        if opened.audit.confirmed_at is not None or state is AuditState.WITHDRAWN:
            yield state
