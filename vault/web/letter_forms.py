"""The forms about letters."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, FieldList, Form, FormField, HiddenField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from vault.letters.facts import Signer
from vault.services.letters.answers import LONGEST_NAME, LONGEST_TEXT, MOST, Said, SaidAction, SaidPoint
from vault.services.letters.editing import LONGEST_LETTER
from vault.web.forms import PageForm, at_most, required

# So many empty places are offered at the end of a list; saving offers as many again.
_EMPTY = 2


class LetterForm(PageForm):
    """The text of a letter. `instead_of`: the version of the letter that it takes the place of."""

    instead_of = HiddenField()
    text = TextAreaField(_l("Text of the letter"), required(LONGEST_LETTER), render_kw={"rows": 26})


def _proofs() -> SelectMultipleField:
    return SelectMultipleField(
        _l("Proofs"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(), validate_choice=False
    )


class PointForm(Form):
    """A point of the notice, and the answer to it."""

    point = TextAreaField(_l("What Amazon wants to know"), at_most(LONGEST_TEXT), render_kw={"rows": 2})
    answer = TextAreaField(_l("Our answer"), at_most(LONGEST_TEXT), render_kw={"rows": 3})
    proofs = _proofs()


class ActionForm(Form):
    """Something that was done."""

    what = TextAreaField(_l("What was done"), at_most(LONGEST_TEXT), render_kw={"rows": 2})
    done_on = DateField(_l("On which day"), [Optional()])
    proofs = _proofs()


class AnswerForm(PageForm):
    """What people say to Amazon; `vault.services.letters.answers` checks it. `instead_of`: the version it replaces."""

    instead_of = HiddenField()
    points = FieldList(FormField(PointForm), max_entries=MOST)
    root_cause = TextAreaField(_l("Root cause"), at_most(LONGEST_TEXT), render_kw={"rows": 3})
    actions = FieldList(FormField(ActionForm), max_entries=MOST)
    prevention = TextAreaField(_l("Prevention"), at_most(MOST * 200), render_kw={"rows": 4})
    signer_name = StringField(_l("Who signs"), at_most(LONGEST_NAME))
    signer_role = StringField(_l("As what"), at_most(LONGEST_NAME))
    answer_on = DateField(_l("Whole answer promised for"), [Optional()])

    @staticmethod
    def offered(said: Said, signer: Signer) -> dict[str, Any]:
        """The form's values: what was said, with empty places for more."""
        points = [{"point": each.point, "answer": each.answer, "proofs": list(each.proofs)} for each in said.points]
        actions = [{"what": each.what, "done_on": each.done_on, "proofs": list(each.proofs)} for each in said.actions]
        return {
            "points": [*points, *({} for _ in range(_EMPTY))][:MOST],
            "root_cause": said.root_cause,
            "actions": [*actions, *({} for _ in range(_EMPTY))][:MOST],
            "prevention": "\n".join(said.prevention),
            "signer_name": signer.name,
            "signer_role": signer.role,
            "answer_on": said.answer_on,
        }

    def prepare(self, proofs: Mapping[str, str]) -> None:
        """Fills the lists of what can be a proof: names of the documents that go in, by id."""
        for entry in (*self.points, *self.actions):
            entry.form.proofs.choices = list(proofs.items())

    def said(self) -> Said:
        """What was filled in and accepted; places that were left empty are none."""
        points = (SaidPoint(each["point"] or "", each["answer"] or "", _chosen(each)) for each in self.points.data)
        actions = (SaidAction(each["what"] or "", each["done_on"], _chosen(each)) for each in self.actions.data)
        return Said(
            points=tuple(each for each in points if each.point or each.answer or each.proofs),
            root_cause=self.root_cause.data or "",
            actions=tuple(each for each in actions if each.what or each.done_on or each.proofs),
            prevention=tuple(line.strip() for line in (self.prevention.data or "").splitlines() if line.strip()),
            signer=Signer(self.signer_name.data or "", self.signer_role.data or ""),
            answer_on=self.answer_on.data,
        )


def _chosen(data: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(data["proofs"] or ())
