"""The forms about routines."""

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from vault.db.queries.routines import Worker
from vault.domain.cadence import LAST_DAY, MOST_MONTHS, Cadence, Monthly, Weekly
from vault.domain.errors import Invalid
from vault.domain.message import N_, Message
from vault.services.routines.routines import MOST_MINUTES, RoutineDetails
from vault.web.cadence_words import day_names
from vault.web.forms import PageForm, at_most, required

_WEEKLY, _MONTHLY = "weekly", "monthly"


class RoutineForm(PageForm):
    """What a person can say about a routine; `vault.services.routines.routines` checks it."""

    title = StringField(_l("What is to be done"), required(200))
    why = TextAreaField(_l("Why"), at_most(2000), render_kw={"rows": 2})
    minutes = IntegerField(
        _l("Minutes, about"),
        [InputRequired(_l("Fill in this field.")), NumberRange(1, MOST_MINUTES)],
        default=10,
        render_kw={"inputmode": "numeric", "min": 1, "max": MOST_MINUTES},
    )
    rhythm = RadioField(_l("How often"), [InputRequired(_l("Fill in this field."))], default=_WEEKLY)
    weekdays = SelectMultipleField(
        _l("Weekdays"), coerce=int, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    every = IntegerField(
        _l("Every how many months"),
        [Optional(), NumberRange(1, MOST_MONTHS)],
        default=1,
        render_kw={"inputmode": "numeric", "min": 1, "max": MOST_MONTHS},
    )
    day = SelectField(_l("Day of the month"), coerce=int, default=1)
    begins_on = DateField(_l("Not due before"), [Optional()])
    owner_id = SelectField(_l("Owner"))
    deputy_id = SelectField(_l("Deputy"))

    def prepare(self, workers: Sequence[Worker]) -> None:
        """Fills the lists to choose from."""
        self.rhythm.choices = [
            (_WEEKLY, gettext("On weekdays, week after week")),
            (_MONTHLY, gettext("On a day of the month")),
        ]
        self.weekdays.choices = day_names()
        self.weekdays.flags.required = True  # where the rhythm is weekly, which `details` looks at
        self.day.choices = [(number, str(number)) for number in range(1, LAST_DAY)]
        self.day.choices.append((LAST_DAY, gettext("the last")))
        names = [(worker.id, worker.name) for worker in workers]
        self.owner_id.choices = self._with_present(self.owner_id, [("", gettext("Nobody yet")), *names])
        self.deputy_id.choices = self._with_present(self.deputy_id, [("", gettext("Nobody")), *names])

    def details(self) -> RoutineDetails:
        """What was entered. Raises Invalid where no weekday was chosen."""
        return RoutineDetails(
            title=self.title.data or "",
            cadence=self._cadence(),
            minutes=self.minutes.data or 0,
            why=self.why.data or "",
            owner_id=self.owner_id.data or None,
            deputy_id=self.deputy_id.data or None,
            begins_on=self.begins_on.data,
        )

    def _cadence(self) -> Cadence:
        if self.rhythm.data == _MONTHLY:
            return Monthly(self.every.data or 1, self.day.data or 1)
        if not self.weekdays.data:
            problem = Message(N_("Choose at least one weekday."))
            raise Invalid(N_("The routine was not saved. Correct the marked fields."), {"weekdays": problem})
        return Weekly(frozenset(self.weekdays.data))

    @staticmethod
    def _with_present(field: SelectField, choices: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """Keeps somebody in the list who is in the record and cannot work for the account any more."""
        if field.object_data and field.object_data not in dict(choices):
            return [*choices, (field.object_data, gettext("Somebody who cannot work here any more"))]
        return choices


def entered_values(cadence: Cadence) -> dict[str, object]:
    """A cadence as the fields of a `RoutineForm`."""
    if isinstance(cadence, Weekly):
        return {"rhythm": _WEEKLY, "weekdays": sorted(cadence.weekdays)}
    return {"rhythm": _MONTHLY, "every": cadence.every, "day": cadence.day}
