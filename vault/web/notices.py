"""Notifications: what a person is told, and a link that ends the mails. How they are told: `vault.web.notice_choices`."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.routing import BuildError

from vault.db.queries.notices import NoticeRow
from vault.domain.errors import Invalid
from vault.services.notices import mail_overview, mail_stop, mails, notices
from vault.services.notices.mail_server import mail_server
from vault.web.i18n import say
from vault.web.identity import current_actor, current_vault, own_path, public
from vault.web.lists import chosen, page_addresses, with_filters
from vault.web.notice_words import ICONS, MAIL_STATES

blueprint = Blueprint("notices", __name__)
# Its signed address is a secret in itself; mail programs that send there know no form's token.
blueprint.record_once(lambda state: state.app.extensions["csrf"].exempt(f"{__name__}.stop"))


@blueprint.get("/notices")
def index() -> ResponseReturnValue:
    only_unread = chosen("show", ["all"]) != "all"
    page = notices.list_notices(current_vault(), current_actor(), only_unread, request.args.get("at"))
    return render_template(
        "notices/index.html",
        page=page,
        pages=page_addresses(page),
        only_unread=only_unread,
        tabs=[(True, with_filters(show=None)), (False, with_filters(show="all"))],
        icons=ICONS,
        has_mail=mail_server(current_vault().settings) is not None,
    )


@blueprint.get("/notices/<notice_id>")
def show(notice_id: str) -> ResponseReturnValue:
    """Where a mail leads: on to what the notification tells of. Looking changes nothing, so it stays unread."""
    return redirect(_target(notices.get_notice(current_vault(), current_actor(), notice_id)), 303)


@blueprint.post("/notices/<notice_id>/open")
def open_notice(notice_id: str) -> ResponseReturnValue:
    """Marks a notification as read and leads to what it tells of."""
    return redirect(_target(notices.mark_read(current_vault(), current_actor(), notice_id)), 303)


@blueprint.post("/notices/<notice_id>/read")
def read(notice_id: str) -> ResponseReturnValue:
    notices.mark_read(current_vault(), current_actor(), notice_id)
    return _back()


@blueprint.post("/notices/read")
def read_all() -> ResponseReturnValue:
    notices.mark_all_read(current_vault(), current_actor())
    return _back()


@blueprint.get("/mails")
def mail_state() -> ResponseReturnValue:
    """Whether mails find their way, for the administrator."""
    overview = mail_overview.read_mail_overview(current_vault(), current_actor())
    return render_template("notices/mails.html", overview=overview, states=MAIL_STATES)


@blueprint.post("/mails/test")
def test_mail() -> ResponseReturnValue:
    try:
        mails.ask_for_test_mail(current_vault(), current_actor())
    except Invalid as error:
        flash(say(error.message), "error")
    else:
        flash(gettext("A mail to you is on its way. If it is not there in a minute, this page says why."), "success")
    return redirect(url_for(".mail_state"), 303)


@blueprint.post("/mails/<mail_id>/again")
def mail_again(mail_id: str) -> ResponseReturnValue:
    mail_overview.send_again(current_vault(), current_actor(), mail_id)
    flash(gettext("The mail is tried again in a moment."), "success")
    return redirect(url_for(".mail_state"), 303)


@blueprint.route("/stop-mails/<token>", methods=["GET", "POST"])
@public
def stop(token: str) -> ResponseReturnValue:
    """Ends all mails to whom the link was made for. Looking only asks; mail programs answer by themselves (RFC 8058)."""
    vault = current_vault()
    mail_stop.require_stop_token(vault, token)
    is_stopped = request.method == "POST"
    if is_stopped:
        mail_stop.stop_mails(vault, token)
    return render_template("notices/stop.html", is_stopped=is_stopped)


def _target(row: NoticeRow) -> str:
    """The address that a notification leads to; the centre where an older version named a page that is gone."""
    endpoint, values = str(row.href.get("endpoint", "")), row.href.get("values") or {}
    if endpoint not in current_app.view_functions:
        return url_for(".index")
    try:
        return url_for(endpoint, **values)
    except BuildError:
        return url_for(".index")


def _back() -> ResponseReturnValue:
    return redirect(own_path(request.form.get("next")) or url_for(".index"), 303)
