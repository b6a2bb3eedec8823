"""The letters of an audit: what people say, the text with what was found in it, editing it. Nothing is ever sent."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from wtforms import HiddenField

from vault.domain.errors import Conflict, Invalid, NotFound
from vault.domain.roles import Permission
from vault.letters.facts import LANGUAGES, LetterKind
from vault.services.audits import timeline
from vault.services.audits.pages import read_audit
from vault.services.letters.answers import save_answer
from vault.services.letters.asking import note_asked, take_back_asked
from vault.services.letters.editing import edit_letter, read_letter, take_back
from vault.services.letters.letters import Letter
from vault.services.letters.pages import read_askings, read_sayings, request_language
from vault.web import audit_words
from vault.web.audit_view import may_work_on
from vault.web.forms import is_sent
from vault.web.i18n import say
from vault.web.identity import current_actor, current_vault
from vault.web.letter_forms import AnswerForm, LetterForm
from vault.web.letter_view import LETTERS, language_names, mail_address, marked_letter, subject_and_body
from vault.web.refusals import say_why

blueprint = Blueprint("letters", __name__, url_prefix="/a/<account_id>/audits/<audit_id>/letters")


@blueprint.get("/<kind>")
def show(account_id: str, audit_id: str, kind: str) -> ResponseReturnValue:
    return _page(account_id, audit_id, _kind(kind))


@blueprint.post("/<kind>")
def edit(account_id: str, audit_id: str, kind: str) -> ResponseReturnValue:
    form, chosen, language = LetterForm(), _kind(kind), _language(account_id, audit_id)
    if form.is_accepted():
        said = (account_id, audit_id, chosen, language, form.text.data or "", _supplier_id())
        try:
            edit_letter(current_vault(), current_actor(), *said, instead_of=form.instead_of.data or "")
        except (Invalid, Conflict) as error:
            form.show(error)
        else:
            flash(gettext("The letter is kept as you wrote it."), "success")
            return _back(audit_id, chosen, language)
    current_actor().require(Permission.CORRECT, account_id)
    return _page(account_id, audit_id, chosen, form), 422


@blueprint.post("/<kind>/anew")
def anew(account_id: str, audit_id: str, kind: str) -> ResponseReturnValue:
    """Back to what the facts give."""
    chosen, language = _kind(kind), _language(account_id, audit_id)
    try:
        take_back(current_vault(), current_actor(), account_id, audit_id, chosen, language, _supplier_id())
    except Conflict as error:
        flash(say(error.message), "error")
    return _back(audit_id, chosen, language)


@blueprint.get("/<kind>.txt")
def download(account_id: str, audit_id: str, kind: str) -> ResponseReturnValue:
    chosen, language = _kind(kind), _language(account_id, audit_id)
    letter = read_letter(current_vault(), current_actor(), account_id, audit_id, chosen, language, _supplier_id())
    answer = Response(letter.text, content_type="text/plain; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{chosen.value}-{language}.txt"'
    return answer


@blueprint.route("/answer/points", methods=["GET", "POST"])
def points(account_id: str, audit_id: str) -> ResponseReturnValue:
    """What people say, from which the answer is written."""
    vault, actor = current_vault(), current_actor()
    sayings = read_sayings(vault, actor, account_id, audit_id)
    actor.require(Permission.CORRECT, account_id)
    form = AnswerForm(data=AnswerForm.offered(sayings.said, sayings.signer))
    form.prepare(sayings.proofs)
    if form.is_accepted():
        try:
            save_answer(vault, actor, account_id, audit_id, form.said(), instead_of=form.instead_of.data or "")
        except (Invalid, Conflict) as error:
            form.show(error)
        else:
            flash(gettext("Kept. The letter is written from it."), "success")
            return _back(audit_id, LetterKind.ANSWER, sayings.audit.language)
    page = render_template(
        "letters_pages/points.html",
        audit=sayings.audit,
        form=form,
        is_overtaken=_take_up(form.instead_of, sayings.version),
        sayings=sayings,
        words=audit_words,
    )
    return page, 422 if is_sent() else 200


@blueprint.post("/supplier_request/<supplier_id>/sent")
def sent(account_id: str, audit_id: str, supplier_id: str) -> ResponseReturnValue:
    """A person says that the mail to a supplier was sent: it goes on the timeline as it was."""
    place = current_vault(), current_actor(), account_id, audit_id
    current_actor().require(Permission.CORRECT, account_id)
    language, text = _language(account_id, audit_id), request.form.get("text", "")
    try:
        note_asked(*place, supplier_id, language, text)
    except (Invalid, Conflict) as error:
        say_why(error)
    else:
        flash(gettext("Noted. A task reminds you of the invoice until it is there."), "success")
    return redirect(url_for("audits.show", audit_id=audit_id, _anchor="evidence"), 303)


@blueprint.post("/supplier_request/asked/<request_id>/back")
def not_sent(account_id: str, audit_id: str, request_id: str) -> ResponseReturnValue:
    """The mail to a supplier was not sent after all."""
    try:
        take_back_asked(current_vault(), current_actor(), account_id, audit_id, request_id)
    except Conflict as error:
        say_why(error)
    else:
        flash(gettext("Taken back. The timeline keeps that it was noted."), "success")
    return redirect(url_for("audits.show", audit_id=audit_id, _anchor="evidence"), 303)


@blueprint.post("/acknowledgement/back")
def not_acknowledged(account_id: str, audit_id: str) -> ResponseReturnValue:
    """The acknowledgement was not sent after all."""
    try:
        timeline.take_back_acknowledgement(current_vault(), current_actor(), account_id, audit_id)
    except Conflict as error:
        say_why(error)
    else:
        flash(gettext("Taken back. The timeline keeps that it was noted."), "success")
    return redirect(url_for("audits.show", audit_id=audit_id, _anchor="acknowledge"), 303)


def _page(account_id: str, audit_id: str, kind: LetterKind, form: LetterForm | None = None) -> str | Response:
    vault, actor, language = current_vault(), current_actor(), _language(account_id, audit_id)
    opened = read_audit(vault, actor, account_id, audit_id)
    letter, problem = _letter(account_id, audit_id, kind, language)
    text, version = (letter.text, letter.version) if letter else ("", "")
    shown = form or LetterForm(data={"text": text})
    return render_template(
        "letters_pages/show.html",
        audit=opened.audit,
        letter=letter,
        problem=problem,
        kind=kind,
        title=LETTERS[kind],
        language=language,
        languages=language_names(),
        passages=list(marked_letter(letter)) if letter else [],
        form=shown,
        is_overtaken=_take_up(shown.instead_of, version),
        is_editing=form is not None or "edit" in request.args,
        may_work=may_work_on(opened.audit),
        supplier_id=_supplier_id(),
        asked=[each for each in read_askings(vault, actor, account_id, audit_id) if each.supplier_id == _supplier_id()],
        mail=mail_address(letter) if letter and letter.supplier else "",
        parts=subject_and_body(text) if letter else ("", ""),
        words=audit_words,
    )


def _take_up(instead_of: HiddenField, version: str) -> bool:
    """Whether the form was opened on another version. It names the present one from here on, which its page shows."""
    is_overtaken = bool(instead_of.data) and instead_of.data != version
    instead_of.data = version
    return is_overtaken


def _letter(account_id: str, audit_id: str, kind: LetterKind, language: str) -> tuple[Letter | None, str]:
    """The letter, or why there is none: the notice is not confirmed, or a template has a mistake."""
    where = (account_id, audit_id, kind, language)
    try:
        return read_letter(current_vault(), current_actor(), *where, _supplier_id()), ""
    except (Invalid, Conflict) as error:
        return None, say(error.message)


def _kind(name: str) -> LetterKind:
    if name not in set(LetterKind):
        raise NotFound()
    return LetterKind(name)


def _supplier_id() -> str:
    return request.values.get("supplier", "")[:40]


def _language(account_id: str, audit_id: str) -> str:
    """The one that was chosen; else the audit's, or the supplier's own."""
    chosen = request.values.get("language", "")
    if chosen in LANGUAGES:
        return chosen
    return request_language(current_vault(), current_actor(), account_id, audit_id, _supplier_id())


def _back(audit_id: str, kind: LetterKind, language: str) -> ResponseReturnValue:
    supplier = _supplier_id() or None
    return redirect(url_for(".show", audit_id=audit_id, kind=kind.value, language=language, supplier=supplier), 303)
