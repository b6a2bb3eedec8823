"""The forms of the register, of the list of accesses, and of known other accounts."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from vault.domain.links import LinkKind
from vault.domain.register import AccountStatus, AttributeKind, GrantKind
from vault.linking.values import LONGEST
from vault.services.register.access_grants import GrantDetails
from vault.services.register.account_standing import Standing
from vault.services.register.entries import EntryDetails
from vault.services.register.other_accounts import OtherDetails
from vault.web import link_words, register_words
from vault.web.forms import PageForm, at_most, required
from vault.web.i18n import say

# Nothing that is typed here may be offered again on another page, or be sent to a spelling service.
_SENSITIVE = {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "off"}


class DetailsForm(PageForm):
    """What is said about a value."""

    label = StringField(_l("Label"), at_most(200), render_kw={"autocomplete": "off"})
    since = DateField(_l("Since"), [Optional()])
    until = DateField(_l("Until"), [Optional()])

    def details(self) -> EntryDetails:
        return EntryDetails(self.label.data or "", self.since.data, self.until.data)


class ValueForm(DetailsForm):
    """A new value."""

    kind = SelectField(_l("Kind"), required(30))
    value = TextAreaField(_l("Value"), required(LONGEST), render_kw={"rows": 2, **_SENSITIVE})

    def prepare(self) -> None:
        """Fills the list of kinds, in the reader's language."""
        kinds = [(kind.value, say(link_words.KINDS[LinkKind(kind)])) for kind in AttributeKind]
        self.kind.choices = [("", gettext("Choose …")), *kinds]


class StandingForm(PageForm):
    status = SelectField(_l("Status"), required(20))
    since = DateField(_l("Since"), [Optional()])
    health_rating = IntegerField(_l("Account health rating"), [Optional()], render_kw={"min": 0, "max": 1000})

    def prepare(self) -> None:
        """Fills the list of states, in the reader's language."""
        self.status.choices = [(status.value, say(register_words.STATUS[status])) for status in AccountStatus]

    def standing(self) -> Standing:
        return Standing(AccountStatus(self.status.data), self.since.data, self.health_rating.data)


class GrantForm(PageForm):
    """Somebody's access to the seller account on Amazon."""

    kind = SelectField(_l("Kind"), required(20))
    name = StringField(_l("Name"), required(200), render_kw={"autocomplete": "off"})
    email = StringField(_l("E-mail on Amazon"), at_most(254), render_kw={"autocomplete": "off", "inputmode": "email"})
    role = StringField(_l("What it allows"), at_most(200), render_kw={"autocomplete": "off"})
    reason = TextAreaField(_l("Why"), at_most(2000), render_kw={"rows": 2})
    since = DateField(_l("Since"), [Optional()])
    trained_on = DateField(_l("Trained on"), [Optional()])
    left_on = DateField(_l("Left on"), [Optional()])
    removed_on = DateField(_l("Access removed on"), [Optional()])

    def prepare(self) -> None:
        """Fills the list of kinds, in the reader's language."""
        self.kind.choices = [(kind.value, say(register_words.GRANTS[kind])) for kind in GrantKind]

    def details(self) -> GrantDetails:
        said: dict[str, Any] = {name: self.data[name] or "" for name in ("name", "email", "role", "reason")}
        days = {name: self.data[name] for name in ("since", "trained_on", "left_on", "removed_on")}
        return GrantDetails(GrantKind(self.kind.data), **said, **days)


class OtherForm(PageForm):
    """An account of somebody else that Amazon could take for one's own."""

    name = StringField(_l("Name"), required(200), render_kw={"autocomplete": "off"})
    relation = StringField(_l("What it has to do with you"), at_most(200), render_kw={"autocomplete": "off"})
    note = TextAreaField(_l("Note"), at_most(2000), render_kw={"rows": 3})

    def details(self) -> OtherDetails:
        return OtherDetails(self.name.data or "", self.relation.data or "", self.note.data or "")


class ListForm(PageForm):
    """Many values: pasted, or from a file that is put here to be looked at before it counts."""

    values = TextAreaField(_l("Values"), render_kw={"rows": 8, "wrap": "off", **_SENSITIVE})
