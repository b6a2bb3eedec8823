"""The security of a seller account: how its duties stand, attesting them in place, and how often they are asked."""

from collections.abc import Mapping
from itertools import groupby

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from vault.db.queries.documents import DocumentFilter, DocumentRow
from vault.domain.errors import Invalid, NotFound
from vault.domain.roles import Permission
from vault.domain.security import PERSONAL, Control
from vault.rules.intervals import Interval
from vault.services import browsing
from vault.services.days import today
from vault.services.security import control_intervals, control_records, security
from vault.services.security.security import Overview
from vault.web import security_words, words
from vault.web.forms import is_sent
from vault.web.i18n import say
from vault.web.identity import current_actor, current_person, current_vault
from vault.web.refusals import say_why
from vault.web.security_forms import FORMS, AttestForm

blueprint = Blueprint("security", __name__, url_prefix="/a/<account_id>/security")

# Gaps that stand on the page at once; the others unfold.
_SHOWN = 12


@blueprint.get("")
def index(account_id: str) -> ResponseReturnValue:
    vault, actor = current_vault(), current_actor()
    found = security.overview(vault, actor, account_id)
    return render_template(
        "security/index.html",
        found=found,
        gaps=[duty for duty in found.duties if duty.finding.is_gap],
        fine=[duty for duty in found.duties if not duty.finding.is_gap],
        shown=_SHOWN,
        today=today(vault),
        personal=PERSONAL,
        people_names={person.grant_id: person.name for person in found.people},
        may_attest=actor.may(Permission.CORRECT, account_id),
        words=words,
        said=security_words,
    )


@blueprint.route("/attest/<control>", methods=["GET", "POST"])
def attest(account_id: str, control: str) -> ResponseReturnValue:
    """`about` in the address: the access grant or the paper; `q`: words of a document to choose as the proof."""
    vault, actor = current_vault(), current_actor()
    actor.require(Permission.CORRECT, account_id)
    wanted, about = _control(control), request.args.get("about", "")
    found = security.overview(vault, actor, account_id)
    name = _name_of(found, wanted, about)
    form = _form(found, wanted, about, name)
    form.prepare(_documents(account_id))
    if form.is_accepted():
        try:
            control_records.attest(vault, actor, account_id, form.statement(wanted, about))
        except Invalid as error:
            form.show(error)
        else:
            flash(gettext("Recorded."), "success")
            return redirect(url_for(".index"), 303)
    is_wrong = bool(form.errors or form.form_errors)
    page = render_template(
        "security/attest.html",
        form=form,
        control=wanted,
        about=about,
        name=name,
        alarm=found.last_alarm,
        said=security_words,
    )
    return page, 422 if is_wrong else 200


@blueprint.post("/attestations/<attestation_id>/take-back")
def take_back(account_id: str, attestation_id: str) -> ResponseReturnValue:
    try:
        control_records.take_back(current_vault(), current_actor(), account_id, attestation_id)
    except Invalid as error:
        say_why(error)
    else:
        flash(gettext("Taken back. What was attested before counts again."), "success")
    return redirect(url_for(".index", _anchor="history"), 303)


@blueprint.post("/papers/<filed_paper_id>/retire")
def retire(account_id: str, filed_paper_id: str) -> ResponseReturnValue:
    control_records.retire_paper(current_vault(), current_actor(), account_id, filed_paper_id)
    flash(
        gettext("Nobody is warned of this paper any more. It stays in the history, where it can be taken back."),
        "success",
    )
    return redirect(url_for(".index", _anchor="papers"), 303)


@blueprint.route("/intervals", methods=["GET", "POST"])
def intervals(account_id: str) -> ResponseReturnValue:
    vault, actor = current_vault(), current_actor()
    if is_sent():
        actor.require(Permission.MANAGE, account_id)
    known = control_intervals.list_intervals(vault, actor, account_id)
    problems: Mapping[str, str] = {}
    if is_sent():
        try:
            control_intervals.set_intervals(vault, actor, account_id, _days(known))
        except Invalid as error:
            problems = {name: say(message) for name, message in error.problems.items()}
        else:
            flash(gettext("Saved. The duties were judged again."), "success")
            return redirect(url_for(".index"), 303)
    page = render_template(
        "security/intervals.html",
        groups=[(check, list(each)) for check, each in groupby(known, key=lambda interval: interval.check)],
        name_of=control_intervals.name_of,
        problems=problems,
        entered=request.form,
        may_change=actor.may(Permission.MANAGE, account_id),
        words=words,
        said=security_words,
    )
    return page, 422 if problems else 200


def _control(name: str) -> Control:
    try:
        return Control(name)
    except ValueError:
        raise NotFound() from None


def _name_of(found: Overview, control: Control, about: str) -> str:
    """Whom or what it is about, empty for the account itself. Raises NotFound for what is not this account's."""
    if control in PERSONAL:
        names = {person.grant_id: person.name for person in found.people}
    elif control is Control.PAPER and about:
        names = {paper.about: paper.details["holder"] for paper in found.papers}
    else:
        names = {"": ""}
    if about not in names:
        raise NotFound()
    return names[about]


def _form(found: Overview, control: Control, about: str, name: str) -> AttestForm:
    """The control's form, filled with what was said the last time; the day is today's."""
    kind = FORMS[control]
    known = [event for event in found.events if (event.control, event.about) == (control, about)]
    said = next((event for event in known if event.id not in found.taken_back), None)
    values = dict(kind.values_of(said)) if said else {}
    who = name if control in PERSONAL and name else current_person().name
    return kind(**{"kind": request.args.get("kind", ""), **values, "done_on": today(current_vault()), "done_by": who})


def _documents(account_id: str) -> tuple[DocumentRow, ...]:
    wanted = DocumentFilter(text=request.args.get("q", "").strip()[:200])
    return browsing.list_documents(current_vault(), current_actor(), account_id, wanted).page.rows


def _days(known: tuple[Interval, ...]) -> dict[tuple[str, str], int]:
    """The numbers of the form; one that is no number is beyond every bound."""
    days = {}
    for interval in known:
        text = request.form.get(control_intervals.name_of(interval), "").strip()
        if text:
            days[interval.check, interval.setting] = (
                int(text) if text.isascii() and text.isdigit() and len(text) < 6 else -1
            )
    return days
