"""The forms by which security duties are attested. None of them has a field for a password."""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from vault.db.entities.security import ControlAttestation
from vault.db.queries.documents import DocumentRow
from vault.domain.security import AFTER_ALARM, AlertKind, Control, IdentityPaper, TwoStepMethod
from vault.services.security.control_statements import Statement
from vault.web.forms import PageForm, at_most, required
from vault.web.i18n import day, say
from vault.web.security_words import ALERTS, METHODS, PAPERS


class AttestForm(PageForm):
    """What every attestation says: the day, who did it, and what shows it."""

    done_on = DateField(_l("Done on"), [InputRequired(_l("Choose a day."))])
    done_by = StringField(_l("Done by"), at_most(200), render_kw={"autocomplete": "off"})
    document_id = SelectField(_l("Document that shows it"), validate_choice=False)

    def prepare(self, documents: Iterable[DocumentRow]) -> None:
        """Fills the lists to choose from."""
        self.document_id.choices = [("", gettext("None")), *((row.id, _named(row)) for row in documents)]

    def statement(self, control: Control, about: str) -> Statement:
        assert self.done_on.data is not None, "the form was accepted"
        return Statement(
            control=control,
            done_on=self.done_on.data,
            about=about,
            done_by=self.done_by.data or "",
            details=self.details(),
            note=self["note"].data or "" if "note" in self else "",
            document_id=self.document_id.data or None,
        )

    def details(self) -> Mapping[str, str]:
        """What this control asks for."""
        return {}

    @staticmethod
    def values_of(attested: ControlAttestation) -> Mapping[str, object]:
        """What was said the last time, as values of the fields."""
        return {}


class NotedForm(AttestForm):
    """With a place for words. Not beside a password, so that nobody writes it there."""

    note = TextAreaField(_l("Note"), at_most(2000), render_kw={"rows": 2})


class TwoStepForm(NotedForm):
    primary_method = SelectField(_l("First method"), [InputRequired(_l("Choose one."))])
    primary_device = StringField(_l("On which device"), at_most(80), render_kw={"autocomplete": "off"})
    backup_method = SelectField(_l("Backup method"), [InputRequired(_l("Choose one."))])
    backup_device = StringField(_l("On which other device"), at_most(80), render_kw={"autocomplete": "off"})

    def prepare(self, documents: Iterable[DocumentRow]) -> None:
        super().prepare(documents)
        choices = [("", gettext("Choose …")), *((method.value, say(METHODS[method])) for method in TwoStepMethod)]
        self.primary_method.choices = self.backup_method.choices = choices

    def details(self) -> Mapping[str, str]:
        names = ("primary_method", "primary_device", "backup_method", "backup_device")
        return {name: self[name].data or "" for name in names}

    @staticmethod
    def values_of(attested: ControlAttestation) -> Mapping[str, object]:
        return dict(attested.details)


class PasswordForm(AttestForm):
    unique = BooleanField(_l("It is used nowhere else"))
    manager = BooleanField(_l("A password manager made it and keeps it"))
    after_alarm = SelectField(_l("Was it renewed after the alarm?"), default="")

    def prepare(self, documents: Iterable[DocumentRow]) -> None:
        super().prepare(documents)
        answers = (
            ("", gettext("It was on another day")),
            ("yes", gettext("Yes, after it")),
            ("no", gettext("No, before")),
        )
        self.after_alarm.choices = list(answers)

    def details(self) -> Mapping[str, str]:
        said = {name: "yes" if self[name].data else "no" for name in ("unique", "manager")}
        return {**said, AFTER_ALARM: self.after_alarm.data} if self.after_alarm.data else said


class AlertsForm(NotedForm):
    kinds = SelectMultipleField(
        _l("Alerts that are on"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )

    def prepare(self, documents: Iterable[DocumentRow]) -> None:
        super().prepare(documents)
        self.kinds.choices = [(kind.value, say(ALERTS[kind])) for kind in AlertKind]

    def details(self) -> Mapping[str, str]:
        return {kind.value: "yes" if kind.value in (self.kinds.data or ()) else "no" for kind in AlertKind}

    @staticmethod
    def values_of(attested: ControlAttestation) -> Mapping[str, object]:
        return {"kinds": [kind for kind, said in attested.details.items() if said == "yes"]}


class PaperForm(NotedForm):
    kind = SelectField(_l("Kind of paper"), [InputRequired(_l("Choose one."))])
    holder = StringField(_l("Whose it is"), required(200), render_kw={"autocomplete": "off"})
    expires_on = DateField(_l("Expires on"), [Optional()])
    never_expires = BooleanField(_l("It has no date of expiry"))

    def prepare(self, documents: Iterable[DocumentRow]) -> None:
        super().prepare(documents)
        self.done_on.label.text = gettext("Looked at on")
        self.done_by.label.text = gettext("Looked at by")
        self.document_id.label.text = gettext("Scan in the vault")
        self.kind.choices = [("", gettext("Choose …")), *((kind.value, say(PAPERS[kind])) for kind in IdentityPaper)]

    def details(self) -> Mapping[str, str]:
        expires_on = self.expires_on.data
        return {
            "kind": self.kind.data or "",
            "holder": self.holder.data or "",
            "expires_on": expires_on.isoformat() if expires_on else "",
            "never_expires": "yes" if self.never_expires.data else "",
        }

    @staticmethod
    def values_of(attested: ControlAttestation) -> Mapping[str, object]:
        said = attested.details
        expires_on = date.fromisoformat(said["expires_on"]) if said.get("expires_on") else None
        never_expires = said.get("never_expires") == "yes"
        return {
            "kind": said["kind"],
            "holder": said["holder"],
            "expires_on": expires_on,
            "never_expires": never_expires,
        }


FORMS: Mapping[Control, type[AttestForm]] = MappingProxyType(
    {
        Control.TWO_STEP: TwoStepForm,
        Control.PASSWORD: PasswordForm,
        Control.TRAINING: NotedForm,
        Control.ALERTS: AlertsForm,
        Control.CONTACT: NotedForm,
        Control.ACCESS_REVIEW: NotedForm,
        Control.PAPER: PaperForm,
    }
)


def _named(row: DocumentRow) -> str:
    parts = (row.number or row.filename, row.supplier_name or "", day(row.uploaded_at.date()))
    return " · ".join(filter(None, parts))
