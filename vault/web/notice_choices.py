"""The page on which a person says how to be told."""

from zoneinfo import available_timezones

from babel.dates import get_day_names
from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, ValidationError

from vault.db.entities.notices import MailBy
from vault.domain.errors import Invalid
from vault.services.notices.choices import (
    CHOSEN_KINDS,
    Channels,
    Choices,
    Digest,
    NoticeKind,
    change_choices,
    read_choices,
)
from vault.services.notices.mail_server import mail_server
from vault.web.forms import PageForm, is_sent, required
from vault.web.i18n import say
from vault.web.identity import current_person, current_vault
from vault.web.notice_words import DIGESTS, KIND_NAMES, MAIL_WAYS

blueprint = Blueprint("notice_choices", __name__, url_prefix="/profile/notices")

_HOURS = [(str(hour), f"{hour:02}:00") for hour in range(24)]


class ChoicesForm(PageForm):
    """Everything but the kinds, each of which has two fields named after it."""

    digest = SelectField(_l("Digest"), required())
    digest_hour = SelectField(_l("At"), required())
    digest_weekday = SelectField(_l("On, when weekly"), required())
    time_zone = SelectField(_l("Time zone"), required())
    quiet_from = SelectField(_l("No mail from"))
    quiet_until = SelectField(_l("Until"))
    critical_breaks_quiet = BooleanField(_l("What is critical may come in quiet hours too"))

    def validate_quiet_until(self, field: SelectField) -> None:
        if bool(field.data) != bool(self.quiet_from.data):
            raise ValidationError(gettext("Choose when the quiet hours begin and when they end, or neither."))


@blueprint.route("", methods=["GET", "POST"])
def index() -> ResponseReturnValue:
    vault, person = current_vault(), current_person()
    choices = read_choices(vault, person.id)
    form = _form(choices)
    if form.is_accepted():
        try:
            change_choices(vault, person, _chosen(form))
        except Invalid as error:
            form.show(error)
        else:
            flash(gettext("Saved. It counts for everything that you are told from now on."), "success")
            return redirect(url_for(".index"), 303)
    return render_template(
        "notices/choices.html",
        form=form,
        choices=choices,
        channels=_channels() if is_sent() else choices.channels,
        kinds=CHOSEN_KINDS,
        kind_names=KIND_NAMES,
        mail_ways=MAIL_WAYS,
        has_mail=mail_server(vault.settings) is not None,
    ), 422 if form.errors or form.form_errors else 200


def _form(choices: Choices) -> ChoicesForm:
    begin, end = choices.quiet or ("", "")
    form = ChoicesForm(
        digest=choices.digest,
        digest_hour=str(choices.digest_hour),
        digest_weekday=str(choices.digest_weekday),
        time_zone=choices.time_zone,
        quiet_from=str(begin),
        quiet_until=str(end),
        critical_breaks_quiet=choices.critical_breaks_quiet,
    )
    days = get_day_names("wide", context="stand-alone", locale=get_locale())
    form.digest.choices = [(value.value, say(text)) for value, text in DIGESTS.items()]
    form.digest_weekday.choices = [(str(number), str(name)) for number, name in days.items()]
    form.time_zone.choices = [(name, name) for name in sorted(available_timezones() | {choices.time_zone})]
    form.digest_hour.choices = _HOURS
    form.quiet_from.choices = form.quiet_until.choices = [("", gettext("no quiet hours")), *_HOURS]
    return form


def _chosen(form: ChoicesForm) -> Choices:
    has_quiet = form.quiet_from.data and form.quiet_until.data
    return Choices(
        time_zone=form.time_zone.data,
        digest=Digest(form.digest.data),
        digest_hour=int(form.digest_hour.data),
        digest_weekday=int(form.digest_weekday.data),
        quiet=(int(form.quiet_from.data), int(form.quiet_until.data)) if has_quiet else None,
        critical_breaks_quiet=form.critical_breaks_quiet.data,
        channels=_channels(),
    )


def _channels() -> dict[NoticeKind, Channels]:
    """What was ticked for each kind; a way that does not exist is none."""
    ways = {way.value for way in MailBy}
    found: dict[NoticeKind, Channels] = {}
    for kind in CHOSEN_KINDS:
        way = request.form.get(f"mail-{kind}", "")
        found[kind] = Channels(f"app-{kind}" in request.form, MailBy(way) if way in ways else MailBy.NEVER)
    return found
