"""Plans for further accounts: the checklist as a guided page, and the folder that comes of it."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField

from vault.db.entities.further import PaperPurpose
from vault.db.queries.documents import DocumentFilter
from vault.domain.errors import Conflict, Invalid, NotFound
from vault.domain.register import AttributeKind
from vault.domain.roles import Permission
from vault.services import browsing
from vault.services.further import contents as further_contents
from vault.services.further import further
from vault.services.further.judging import IN_WORK, MISSING
from vault.services.further.reading import OpenFile, pack_folder, read_file
from vault.services.register.accounts import get_account
from vault.web import link_words, words
from vault.web.attachments import attachment
from vault.web.forms import PageForm, at_most, required
from vault.web.further_view import STEPS, folder_summary, steps_of
from vault.web.identity import current_actor, current_vault
from vault.web.journal_words import ACTIONS, MACHINES
from vault.web.lists import page_addresses
from vault.web.refusals import say_why
from vault.web.stores import store_choices

blueprint = Blueprint("further", __name__, url_prefix="/a/<account_id>/further")


class PlanForm(PageForm):
    """The texts of the plan; `vault.services.further.further` checks them."""

    name = StringField(_l("Working name"), required(200))
    marketplace = SelectField(_l("Store"), at_most(2), default="")
    reason = TextAreaField(_l("Business reason"), at_most(further.LONGEST), render_kw={"rows": 5})
    run_by = TextAreaField(_l("Who runs it"), at_most(further.LONGEST), render_kw={"rows": 4})
    inventory = TextAreaField(_l("Inventory of its own"), at_most(further.LONGEST), render_kw={"rows": 4})
    products = TextAreaField(_l("Products of its own"), at_most(further.LONGEST), render_kw={"rows": 4})
    strategy = TextAreaField(_l("Strategy of its own"), at_most(further.LONGEST), render_kw={"rows": 4})

    def prepare(self) -> None:
        """Fills the list of stores, in the reader's language."""
        self.marketplace.choices = [("", gettext("Not decided yet")), *store_choices()]

    def plan(self) -> further.Plan:
        return further.Plan(**{name: value or "" for name, value in self.data.items()})


@blueprint.get("")
def index(account_id: str) -> ResponseReturnValue:
    actor = current_actor()
    rows = further.list_files(current_vault(), actor, account_id)
    return render_template("further/index.html", rows=rows, may_change=actor.may(Permission.MANAGE, account_id))


@blueprint.route("/new", methods=["GET", "POST"])
def begin(account_id: str) -> ResponseReturnValue:
    actor = current_actor()
    actor.require(Permission.MANAGE, account_id)
    form = PlanForm()
    form.prepare()
    if form.is_accepted():
        try:
            file = further.open_file(current_vault(), actor, account_id, form.plan())
        except Invalid as error:
            form.show(error)
        else:
            flash(gettext("The file is begun. What is missing in it is marked."), "success")
            return redirect(url_for(".show", file_id=file.id), 303)
    return _plan_page(form, None)


@blueprint.get("/<file_id>")
def show(account_id: str, file_id: str) -> ResponseReturnValue:
    vault, actor = current_vault(), current_actor()
    opened = read_file(vault, actor, account_id, file_id)
    may_change = actor.may(Permission.MANAGE, account_id)
    return render_template(
        "further/show.html",
        opened=opened,
        file=opened.file,
        steps=list(steps_of(opened)),
        missing=[each for each in opened.findings if each.outcome in MISSING],
        in_work=opened.file.state in IN_WORK,
        may_change=may_change and opened.file.state in IN_WORK,
        may_resume=may_change,
        value_kinds=[kind for kind in link_words.KINDS if kind.value in set(AttributeKind)],
        kinds=link_words.KINDS,
        how=link_words.HOW,
        openable=further.openable(vault, actor, account_id) if may_change else [],
        actions=ACTIONS,
        machines=MACHINES,
    )


@blueprint.route("/<file_id>/plan", methods=["GET", "POST"])
def plan(account_id: str, file_id: str) -> ResponseReturnValue:
    vault, actor = current_vault(), current_actor()
    opened = read_file(vault, actor, account_id, file_id)
    actor.require(Permission.MANAGE, account_id)
    form = PlanForm(obj=opened.file)
    form.prepare()
    if form.is_accepted():
        try:
            further.change_plan(vault, actor, account_id, file_id, form.plan())
        except (Invalid, Conflict) as error:
            form.show(error)
        else:
            flash(gettext("The plan is saved."), "success")
            return redirect(url_for(".show", file_id=file_id), 303)
    return _plan_page(form, opened)


@blueprint.get("/<file_id>/papers/<purpose>")
def papers(account_id: str, file_id: str, purpose: str) -> ResponseReturnValue:
    """The account's documents, to pick from."""
    vault, actor = current_vault(), current_actor()
    opened = read_file(vault, actor, account_id, file_id)
    actor.require(Permission.MANAGE, account_id)
    sought = request.args.get("q", "").strip()[:200]
    wanted = DocumentFilter(text=sought, from_outside=True)
    found = browsing.list_documents(vault, actor, account_id, wanted, token=request.args.get("at"))
    return render_template(
        "further/papers.html",
        opened=opened,
        file=opened.file,
        step=next(each for each in STEPS if each.purpose == _purpose(purpose)),
        held={paper.document.id for paper in opened.papers if paper.purpose == purpose},
        page=found.page,
        pages=page_addresses(found.page),
        sought=sought,
        words=words,
    )


@blueprint.post("/<file_id>/papers/<purpose>")
def add_paper(account_id: str, file_id: str, purpose: str) -> ResponseReturnValue:
    document_id = request.form.get("document_id", "")
    try:
        further_contents.add_paper(
            current_vault(), current_actor(), account_id, file_id, _purpose(purpose), document_id
        )
    except Invalid as error:
        say_why(error)
    else:
        flash(gettext("The document is in the file."), "success")
    return _to_step(file_id, next(each.name for each in STEPS if each.purpose == purpose))


@blueprint.post("/<file_id>/papers/<paper_id>/remove")
def remove_paper(account_id: str, file_id: str, paper_id: str) -> ResponseReturnValue:
    further_contents.remove_paper(current_vault(), current_actor(), account_id, file_id, paper_id)
    flash(gettext("Taken out of the file. The document stays in the vault."), "success")
    return _to_step(file_id, "")


@blueprint.post("/<file_id>/values")
def add_value(account_id: str, file_id: str) -> ResponseReturnValue:
    try:
        kind = AttributeKind(request.form.get("kind", ""))
        text = request.form.get("value", "")
        further_contents.add_value(current_vault(), current_actor(), account_id, file_id, kind, text)
    except ValueError:
        flash(gettext("Choose what kind of value it is."), "error")
    except (Invalid, Conflict) as error:
        say_why(error)
    else:
        flash(gettext("Planned, and compared with what your accounts have."), "success")
    return _to_step(file_id, "values")


@blueprint.post("/<file_id>/values/<value_id>/remove")
def remove_value(account_id: str, file_id: str, value_id: str) -> ResponseReturnValue:
    further_contents.remove_value(current_vault(), current_actor(), account_id, file_id, value_id)
    flash(gettext("Removed from the plan."), "success")
    return _to_step(file_id, "values")


@blueprint.post("/<file_id>/standing")
def state_standing(account_id: str, file_id: str) -> ResponseReturnValue:
    vault, actor = current_vault(), current_actor()
    try:
        if request.form.get("withdraw"):
            further_contents.withdraw_standing(vault, actor, account_id, file_id)
        else:
            further_contents.state_standing(vault, actor, account_id, file_id)
    except (Invalid, Conflict) as error:
        say_why(error)
    else:
        flash(
            gettext("The statement is taken back.") if request.form.get("withdraw") else gettext("Stated."), "success"
        )
    return _to_step(file_id, "approval")


@blueprint.post("/<file_id>/state")
def change_state(account_id: str, file_id: str) -> ResponseReturnValue:
    """Complete, opened, dropped, or taken up again."""
    vault, actor = current_vault(), current_actor()
    try:
        match request.form.get("to"):
            case "complete":
                further.complete(vault, actor, account_id, file_id)
            case "opened":
                further.note_opened(vault, actor, account_id, file_id, request.form.get("opened_id", ""))
            case "dropped":
                further.drop(vault, actor, account_id, file_id)
            case _:
                further.resume(vault, actor, account_id, file_id)
    except (Invalid, Conflict) as error:
        say_why(error)
    return _to_step(file_id, "")


@blueprint.get("/<file_id>/folder.zip")
def folder(account_id: str, file_id: str) -> ResponseReturnValue:
    """The file as a folder that anyone can verify: summary, originals, journal, checksums."""
    vault, actor = current_vault(), current_actor()
    opened = read_file(vault, actor, account_id, file_id)
    summary = folder_summary(opened, get_account(vault, actor, account_id))
    chunks = pack_folder(vault, actor, account_id, file_id, summary)
    response = Response(chunks, mimetype="application/zip", headers={"Cache-Control": "private, no-store"})
    response.headers["Content-Disposition"] = attachment(f"further-account-{file_id[-8:]}.zip")
    return response


def _plan_page(form: PlanForm, opened: OpenFile | None) -> ResponseReturnValue:
    is_wrong = bool(form.errors or form.form_errors)
    page = render_template("further/plan.html", form=form, opened=opened, steps={each.text: each for each in STEPS})
    return page, 422 if is_wrong else 200


def _purpose(code: str) -> PaperPurpose:
    if code not in set(PaperPurpose):
        raise NotFound()
    return PaperPurpose(code)


def _to_step(file_id: str, name: str) -> ResponseReturnValue:
    return redirect(url_for(".show", file_id=file_id, _anchor=name or None), 303)
