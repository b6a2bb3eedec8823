"""Audits: from Amazon's notice to the answer, step by step."""

from typing import cast
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from vault.db.queries.documents import DocumentFilter
from vault.domain.audits import AuditState
from vault.domain.errors import Conflict, Invalid, NotFound, Refused
from vault.domain.papers import PaperKind
from vault.domain.roles import Permission
from vault.services import browsing
from vault.services.audits import audits, timeline
from vault.services.audits.attachments import list_attachments
from vault.services.audits.choosing import decide
from vault.services.audits.confirming import confirm
from vault.services.audits.pages import list_audits, read_audit, read_gathering
from vault.services.documents import intake
from vault.store.protocol import ByteSource
from vault.web import audit_words
from vault.web.audit_evidence import anchor_of, row_anchor_of
from vault.web.audit_forms import ConfirmForm, NoticeForm
from vault.web.audit_notice import doubts_in_words
from vault.web.audit_page import event_form, page_of
from vault.web.audit_view import marked, may_work_on, offered, time_left
from vault.web.forms import is_sent
from vault.web.identity import current_actor, current_vault
from vault.web.lists import page_addresses
from vault.web.refusals import say_why
from vault.web.security import large_body
from vault.web.words import KINDS as DOCUMENT_KINDS

blueprint = Blueprint("audits", __name__, url_prefix="/a/<account_id>/audits")


@blueprint.get("")
def index(account_id: str) -> ResponseReturnValue:
    vault, actor = current_vault(), current_actor()
    return render_template(
        "audits/index.html",
        rows=list_audits(vault, actor, account_id),
        left=lambda audit: time_left(audit.deadline, vault.clock()),
        words=audit_words,
        may_open=actor.may(Permission.CORRECT, account_id),
    )


@blueprint.route("/new", methods=["GET", "POST"])
@large_body
def begin(account_id: str) -> ResponseReturnValue:
    """The notice is pasted, or uploaded as a document of its own kind."""
    vault, actor = current_vault(), current_actor()
    actor.require(Permission.CORRECT, account_id)
    form = NoticeForm()
    if form.is_accepted():
        try:
            audit = audits.open_audit(vault, actor, account_id, form.text.data or "", _uploaded(account_id))
        except (Invalid, Refused) as error:
            form.show(error)
        else:
            flash(gettext("The notice is kept. Compare what was recognised, and confirm it."), "success")
            return redirect(url_for(".confirm_notice", audit_id=audit.id), 303)
    limit = vault.settings.max_upload
    return render_template("audits/new.html", form=form, max_upload=limit), 422 if is_sent() else 200


@blueprint.get("/<audit_id>")
def show(account_id: str, audit_id: str) -> ResponseReturnValue:
    return page_of(account_id, audit_id)


@blueprint.get("/<audit_id>/gathering")
def gathering(account_id: str, audit_id: str) -> ResponseReturnValue:
    """How far that is, alone, for the audit's page that waits for it; who comes otherwise is led to that page."""
    unfolded = request.args.get("all") or None
    audit, gathered = read_gathering(current_vault(), current_actor(), account_id, audit_id)
    page = url_for(".show", audit_id=audit_id, all=unfolded)
    if not request.headers.get("HX-Request"):
        return redirect(f"{page}#evidence")
    return render_template(
        "audits/_gathering.html",
        audit=audit,
        gathered=gathered,
        unfolded=unfolded,
        again=page,
        is_swapped=True,
        may_work=may_work_on(audit),
    )


@blueprint.route("/<audit_id>/notice", methods=["GET", "POST"])
def confirm_notice(account_id: str, audit_id: str) -> ResponseReturnValue:
    vault, actor = current_vault(), current_actor()
    opened = read_audit(vault, actor, account_id, audit_id)
    actor.require(Permission.CORRECT, account_id)
    zone = ZoneInfo(vault.settings.time_zone)
    form = ConfirmForm(data=offered(opened, zone))
    form.prepare()
    if form.is_accepted():
        try:
            confirm(vault, actor, account_id, audit_id, form.confirmed(zone))
        except (Invalid, Conflict) as error:
            form.show(error)
        else:
            flash(gettext("Confirmed. The evidence is being gathered."), "success")
            return _back(audit_id, "acknowledge")
    page = render_template(
        "audits/confirm.html",
        opened=opened,
        audit=opened.audit,
        form=form,
        passages=list(marked(opened.notice)),
        attachments=list_attachments(vault, actor, account_id, audit_id),
        sender_doubts=doubts_in_words(opened.notice.reading.doubts),
        words=audit_words,
        zone=vault.settings.time_zone,
    )
    return page, 422 if is_sent() else 200


@blueprint.post("/<audit_id>/acknowledged")
def acknowledge(account_id: str, audit_id: str) -> ResponseReturnValue:
    timeline.acknowledge(
        current_vault(), current_actor(), account_id, audit_id, request.form.get("text", "").replace("\r\n", "\n")
    )
    flash(gettext("Noted on the timeline."), "success")
    return _back(audit_id, "acknowledge")


@blueprint.post("/<audit_id>/state")
def move(account_id: str, audit_id: str) -> ResponseReturnValue:
    to = request.form.get("to", "")
    if to not in set(AuditState):
        raise NotFound()
    try:
        audits.move(
            current_vault(), current_actor(), account_id, audit_id, AuditState(to), request.form.get("note", "")
        )
    except Conflict as error:
        say_why(error)
    return _back(audit_id, "outcome")


@blueprint.post("/<audit_id>/owner")
def give(account_id: str, audit_id: str) -> ResponseReturnValue:
    try:
        audits.give_to(current_vault(), current_actor(), account_id, audit_id, request.form.get("owner_id") or None)
    except (Invalid, Conflict) as error:
        say_why(error)
    return _back(audit_id)


@blueprint.post("/<audit_id>/events")
def note_event(account_id: str, audit_id: str) -> ResponseReturnValue:
    vault, form = current_vault(), event_form()
    if form.is_accepted():
        zone = ZoneInfo(vault.settings.time_zone)
        at = form.happened_at.data.replace(tzinfo=zone) if form.happened_at.data else None
        try:
            timeline.note_event(
                vault, current_actor(), account_id, audit_id, form.chosen_kind(), form.text.data or "", at
            )
        except Invalid as error:
            form.show(error)
        else:
            flash(gettext("Written down."), "success")
            return _back(audit_id, "timeline")
    return page_of(account_id, audit_id, noted=form), 422


@blueprint.post("/<audit_id>/evidence")
def choose(account_id: str, audit_id: str) -> ResponseReturnValue:
    """A document goes in, stays out, or is left to the proposal again."""
    said = {"in": True, "out": False, "undecided": None}
    form = request.form
    if form.get("decision") not in said:
        raise NotFound()
    try:
        decide(
            current_vault(),
            current_actor(),
            account_id,
            audit_id,
            form.get("part", ""),
            form.get("asin", ""),
            form.get("document_id", ""),
            said[form["decision"]],
            form.get("reason", ""),
        )
    except (Invalid, Conflict) as error:
        say_why(error)
    decided = form.get("document_id", "")
    place = row_anchor_of(anchor_of(form.get("part", ""), form.get("asin", "")), decided)
    return redirect(
        url_for(".show", audit_id=audit_id, all=form.get("all") or None, decided=decided or None, _anchor=place), 303
    )


@blueprint.get("/<audit_id>/evidence/<part>")
def pick(account_id: str, audit_id: str, part: str) -> ResponseReturnValue:
    """The account's documents, to put one of them into a part of the evidence."""
    vault, actor = current_vault(), current_actor()
    opened = read_audit(vault, actor, account_id, audit_id)
    actor.require(Permission.CORRECT, account_id)
    asin, sought = request.args.get("asin", ""), request.args.get("q", "").strip()[:200]
    sections = (each for each in opened.sections if (each.part.name, each.asin) == (part, asin))
    section = next(sections, None)
    if section is None:
        raise NotFound()
    wanted = DocumentFilter(text=sought, from_outside=True)
    found = browsing.list_documents(vault, actor, account_id, wanted, token=request.args.get("at"))
    return render_template(
        "audits/pick.html",
        audit=opened.audit,
        section=section,
        held={each.document.id for each in section.chosen},
        kinds=DOCUMENT_KINDS,
        page=found.page,
        pages=page_addresses(found.page),
        sought=sought,
        words=audit_words,
    )


def _uploaded(account_id: str) -> str | None:
    """The id of the document that came with the form, kept as a notice of Amazon's; None where none came."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return None
    stream, kind = cast(ByteSource, file.stream), PaperKind.AMAZON_NOTICE
    return intake.keep(current_vault(), current_actor(), account_id, stream, file.filename, kind=kind).document_id


def _back(audit_id: str, anchor: str = "") -> ResponseReturnValue:
    return redirect(url_for(".show", audit_id=audit_id, _anchor=anchor or None), 303)
