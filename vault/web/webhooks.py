"""Webhooks of a seller account: where its events are sent, and what became of each."""

from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField, StringField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from vault.db.entities.webhooks import Webhook
from vault.domain.errors import Invalid
from vault.domain.events import SUBSCRIBABLE, Event
from vault.domain.message import N_
from vault.services.webhooks import deliveries, webhooks
from vault.services.webhooks.rights import NOBODY_ANSWERS
from vault.services.webhooks.targets import LONGEST_URL
from vault.web.forms import PageForm, required
from vault.web.i18n import moment, say
from vault.web.identity import current_actor, current_vault
from vault.web.lists import page_addresses

blueprint = Blueprint("webhooks", __name__, url_prefix="/a/<account_id>/webhooks")

EVENTS = {
    Event.TASK_OPENED: N_("A task opens"),
    Event.TASK_REOPENED: N_("A task opens again"),
    Event.TASK_DONE: N_("A task is done"),
    Event.TASK_WAIVED: N_("A task is waived"),
    Event.TASK_OVERDUE: N_("A task falls overdue"),
    Event.LINK_RAISED: N_("Something may link this account to another one"),
    Event.EMERGENCY_OPENED: N_("The emergency routine begins"),
    Event.EMERGENCY_ENDED: N_("The emergency routine ends"),
    Event.PING: N_("Test"),
}
PROBLEMS = {
    "refused_address": N_("The address leads into a private network, or is not https"),
    "no_such_host": N_("The name in the address is not known"),
    "no_connection": N_("Nobody takes connections there, or the connection broke"),
    "bad_certificate": N_("The certificate does not belong to the address, or is not valid"),
    "too_slow": N_("The answer took too long"),
    "broken_answer": N_("What came back is not the answer of a web server"),
    NOBODY_ANSWERS: N_("Who set the webhook up no longer manages this seller account"),
}


class WebhookForm(PageForm):
    """Where to send what; `vault.services.webhooks.webhooks` checks it."""

    url = StringField(
        _l("Address"),
        required(LONGEST_URL),
        render_kw={"inputmode": "url", "placeholder": "https://example.com/hook", "autocomplete": "off"},
    )
    events = SelectMultipleField(
        _l("Events"),
        [InputRequired(_l("Choose at least one event."))],
        widget=ListWidget(),
        option_widget=CheckboxInput(),
    )

    def offer(self) -> "WebhookForm":
        self.events.choices = [(event.value, say(EVENTS[event])) for event in SUBSCRIBABLE]
        return self


@blueprint.route("", methods=["GET", "POST"])
def index(account_id: str) -> ResponseReturnValue:
    """The webhooks; sending the form makes one, whose secret is shown once."""
    vault, actor = current_vault(), current_actor()
    form = WebhookForm(events=[Event.TASK_OPENED.value, Event.TASK_OVERDUE.value]).offer()
    found = webhooks.list_webhooks(vault, actor, account_id)
    if form.is_accepted():
        try:
            webhook, secret = webhooks.create(vault, actor, account_id, form.url.data or "", form.events.data or ())
        except Invalid as error:
            form.show(error)
        else:
            return _show_secret(webhook, secret)
    is_wrong = bool(form.errors or form.form_errors)
    return render_template("webhooks/index.html", found=found, form=form, most=webhooks.MOST), 422 if is_wrong else 200


@blueprint.route("/<webhook_id>", methods=["GET", "POST"])
def show(account_id: str, webhook_id: str) -> ResponseReturnValue:
    """One webhook with its log; sending the form changes it, and who sends it answers for where the events go."""
    vault, actor = current_vault(), current_actor()
    row = webhooks.get_webhook(vault, actor, account_id, webhook_id)
    webhook = row.webhook
    form = WebhookForm(url=webhooks.address_of(vault, webhook), events=webhook.events).offer()
    if form.is_accepted():
        try:
            webhooks.change(vault, actor, account_id, webhook_id, form.url.data or "", form.events.data or ())
        except Invalid as error:
            form.show(error)
        else:
            flash(gettext("Changed. It counts from now on."), "success")
            return redirect(url_for(".show", webhook_id=webhook_id), 303)
    page = webhooks.list_deliveries(vault, actor, account_id, webhook_id, request.args.get("at"))
    is_wrong = bool(form.errors or form.form_errors)
    answer = render_template(
        "webhooks/show.html",
        webhook=webhook,
        row=row,
        form=form,
        page=page,
        pages=page_addresses(page),
        event_names=EVENTS,
        problem_names=PROBLEMS,
        tried_at=_tried_at,
    )
    return answer, 422 if is_wrong else 200


@blueprint.post("/<webhook_id>/secret")
def renew_secret(account_id: str, webhook_id: str) -> ResponseReturnValue:
    vault, actor = current_vault(), current_actor()
    at_once = "at_once" in request.form
    secret = webhooks.renew_secret(vault, actor, account_id, webhook_id, at_once=at_once)
    return _show_secret(webhooks.get_webhook(vault, actor, account_id, webhook_id).webhook, secret)


@blueprint.post("/<webhook_id>/pause")
def pause(account_id: str, webhook_id: str) -> ResponseReturnValue:
    webhooks.set_paused(current_vault(), current_actor(), account_id, webhook_id, True)
    flash(gettext("Paused. What happens from now on is not sent, also not later."), "success")
    return _back(webhook_id)


@blueprint.post("/<webhook_id>/resume")
def resume(account_id: str, webhook_id: str) -> ResponseReturnValue:
    webhooks.set_paused(current_vault(), current_actor(), account_id, webhook_id, False)
    flash(gettext("It goes on from now."), "success")
    return _back(webhook_id)


@blueprint.post("/<webhook_id>/remove")
def remove(account_id: str, webhook_id: str) -> ResponseReturnValue:
    webhooks.remove(current_vault(), current_actor(), account_id, webhook_id)
    flash(gettext("The webhook is removed, with its log."), "success")
    return redirect(url_for(".index"), 303)


@blueprint.post("/<webhook_id>/ping")
def ping(account_id: str, webhook_id: str) -> ResponseReturnValue:
    try:
        webhooks.ping(current_vault(), current_actor(), account_id, webhook_id)
    except Invalid as error:
        flash(say(error.message), "error")
    else:
        flash(gettext("A test is on its way. Reload the page in a few seconds to see what came back."), "success")
    return _back(webhook_id)


@blueprint.post("/<webhook_id>/deliveries/<delivery_id>/redeliver")
def redeliver(account_id: str, webhook_id: str, delivery_id: str) -> ResponseReturnValue:
    try:
        webhooks.redeliver(current_vault(), current_actor(), account_id, webhook_id, delivery_id)
    except Invalid as error:
        flash(say(error.message), "error")
    else:
        flash(gettext("It is sent once more in a few seconds."), "success")
    return _back(webhook_id)


def _show_secret(webhook: Webhook, secret: str) -> ResponseReturnValue:
    return render_template("webhooks/secret.html", webhook=webhook, secret=secret, header=deliveries.SIGNATURE)


def _back(webhook_id: str) -> ResponseReturnValue:
    return redirect(url_for(".show", webhook_id=webhook_id), 303)


def _tried_at(text: str) -> str:
    return moment(datetime.fromisoformat(text))
