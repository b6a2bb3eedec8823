"""The forms about audits."""

import re
from zoneinfo import ZoneInfo

from babel import Locale
from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _l
from wtforms import DateField, DateTimeLocalField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from vault.db.entities.audits import EventKind
from vault.domain.audits import AuditKind, Request
from vault.services.audits.audits import LONGEST_NOTICE
from vault.services.audits.confirming import LANGUAGES, LONGEST_CASE_ID, Confirmed
from vault.services.audits.timeline import BY_HAND, LONGEST
from vault.web.audit_words import EVENTS, KINDS, REQUESTS
from vault.web.forms import PageForm, at_most
from vault.web.i18n import say
from vault.web.stores import store_choices

_BETWEEN = re.compile(r"[\s,;]+")
_CODES = 20_000


class NoticeForm(PageForm):
    """The notice as it came. A file, where there is one, is taken from the request."""

    text = TextAreaField(_l("Text of the notice"), at_most(LONGEST_NOTICE), render_kw={"rows": 12})


class ConfirmForm(PageForm):
    """What the notice says; `vault.services.audits.confirming` checks it."""

    kind = SelectField(_l("What Amazon asks about"), [InputRequired(_l("Choose what Amazon asks about."))])
    noticed_on = DateField(_l("Date of the notice"), [InputRequired(_l("Fill in this field."))])
    deadline = DateTimeLocalField(_l("Answer until"), [Optional()], format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])
    asins = TextAreaField(_l("ASINs"), at_most(_CODES), render_kw={"rows": 2, "spellcheck": "false"})
    orders = TextAreaField(_l("Order numbers"), at_most(_CODES), render_kw={"rows": 2, "spellcheck": "false"})
    case_id = StringField(_l("Case number"), at_most(LONGEST_CASE_ID), render_kw={"spellcheck": "false"})
    asked_for = SelectMultipleField(
        _l("What is asked for"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    marketplace = SelectField(_l("Store"), default="")
    language = SelectField(_l("Language of the answer"), [InputRequired()])

    def prepare(self) -> None:
        """Fills the lists, in the reader's language."""
        self.kind.choices = [("", gettext("Choose …")), *((kind.value, say(word)) for kind, word in KINDS.items())]
        self.asked_for.choices = [(each.value, say(word)) for each, word in REQUESTS.items()]
        self.marketplace.choices = [("", gettext("Not named")), *store_choices()]
        here = get_locale() or Locale("en")
        self.language.choices = [(code, here.languages[code].capitalize()) for code in LANGUAGES]

    def confirmed(self, zone: ZoneInfo) -> Confirmed:
        """What was filled in and accepted. `zone`: where the deadline's clock hangs."""
        assert self.noticed_on.data is not None, "a form without it is not accepted"
        return Confirmed(
            kind=AuditKind(self.kind.data),
            noticed_on=self.noticed_on.data,
            deadline=self.deadline.data.replace(tzinfo=zone) if self.deadline.data else None,
            case_id=self.case_id.data or "",
            marketplace=self.marketplace.data or "",
            language=self.language.data,
            asked_for=frozenset(Request(code) for code in self.asked_for.data or ()),
            asins=_codes(self.asins.data),
            orders=_codes(self.orders.data),
        )


class EventForm(PageForm):
    """Something that happened."""

    kind = SelectField(_l("What happened"), [InputRequired()])
    text = TextAreaField(
        _l("In your words"), [InputRequired(_l("Write what happened.")), *at_most(LONGEST)], render_kw={"rows": 3}
    )
    happened_at = DateTimeLocalField(_l("When"), [Optional()], format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])

    def prepare(self) -> None:
        """Fills the list, in the reader's language."""
        self.kind.choices = [(kind.value, say(EVENTS[kind][1])) for kind in BY_HAND]

    def chosen_kind(self) -> EventKind:
        return EventKind(self.kind.data)


def _codes(text: str | None) -> tuple[str, ...]:
    """ASINs or order numbers, however they are set apart."""
    return tuple(code for code in _BETWEEN.split((text or "").upper().strip()) if code)
