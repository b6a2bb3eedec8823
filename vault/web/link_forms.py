"""The forms of linked accounts: why a pair shares what it shares, and what would happen if it shared more."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from vault.db.entities.documents import Document
from vault.db.queries.links import Holder
from vault.domain.links import ExplanationKind, LinkKind
from vault.domain.register import AttributeKind
from vault.linking.values import LONGEST
from vault.services.links.explanations import NewExplanation
from vault.services.links.links import Pair
from vault.web import link_words
from vault.web.forms import PageForm, at_most, required
from vault.web.i18n import say


class ExplanationForm(PageForm):
    kind = SelectField(_l("What explains it"), required(20))
    reason = TextAreaField(_l("In your words"), required(2000), render_kw={"rows": 3})
    kinds = SelectMultipleField(
        _l("What it explains"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    document_id = SelectField(_l("Document that proves it"), at_most(26))
    valid_until = DateField(_l("Valid until"), [Optional()])

    def prepare(self, pair: Pair, documents: list[Document]) -> None:
        """Fills the lists to choose from, in the reader's language."""
        self.kind.choices = [(kind.value, say(text)) for kind, text in link_words.EXPLANATIONS.items()]
        self.kinds.choices = [(kind.value, say(link_words.KINDS[kind])) for kind in pair.kinds]
        self.document_id.choices = [("", gettext("None yet")), *((each.id, each.filename) for each in documents)]

    def given(self) -> NewExplanation:
        return NewExplanation(
            kind=ExplanationKind(self.kind.data),
            reason=self.reason.data or "",
            document_id=self.document_id.data or None,
            valid_until=self.valid_until.data,
            kinds=tuple(LinkKind(kind) for kind in self.kinds.data or ()),
        )


class WhatIfForm(PageForm):
    """A value that an account does not have yet. It is sent, never put in an address, and never shown again."""

    holder_id = SelectField(_l("Account"), required(26))
    kind = SelectField(_l("Kind"), required(30))
    value = TextAreaField(
        _l("Value"), required(LONGEST), render_kw={"rows": 2, "autocomplete": "off", "spellcheck": "false"}
    )

    def prepare(self, holders: list[Holder]) -> None:
        """Fills the lists to choose from, in the reader's language."""
        self.holder_id.choices = [(holder.id, holder.name) for holder in holders]
        self.kind.choices = [(kind.value, say(link_words.KINDS[LinkKind(kind)])) for kind in AttributeKind]
