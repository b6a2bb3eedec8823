"""The form by which a person describes a paper that is no supplier invoice."""

import re

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, StringField, TextAreaField
from wtforms.validators import Optional

from vault.services.documents.papers import Description, PaperSheet
from vault.web.forms import PageForm, at_most


class PaperForm(PageForm):
    """`vault.services.documents.papers` checks what was said."""

    issue_date = DateField(_l("Issued on"), [Optional()])
    valid_until = DateField(_l("Valid until"), [Optional()])
    never_expires = BooleanField(_l("It has no last day"))
    supplier = StringField(_l("Supplier"), at_most(300), render_kw={"list": "suppliers", "autocomplete": "off"})
    asins = StringField(_l("Products"), at_most(4000), render_kw={"placeholder": "B0…", "autocomplete": "off"})
    note = TextAreaField(_l("Note"), at_most(2000), render_kw={"rows": 2})

    def description(self) -> Description:
        """What was typed."""
        return Description(
            issue_date=self.issue_date.data,
            valid_until=self.valid_until.data,
            never_expires=bool(self.never_expires.data),
            supplier=self.supplier.data or "",
            asins=tuple(dict.fromkeys(re.findall(r"[^\s,;]+", (self.asins.data or "").upper()))),
            note=self.note.data or "",
        )


def paper_form(sheet: PaperSheet) -> PaperForm:
    """The form as the request filled it, or with what is said already."""
    said = sheet.said
    return PaperForm(
        issue_date=said.issue_date if said else None,
        valid_until=said.valid_until if said else None,
        never_expires=bool(said and said.never_expires),
        supplier=sheet.supplier,
        asins=", ".join(product.asin for product in sheet.products),
        note=said.note if said else "",
    )
