"""What the audit's page shows of its bundles: how far each is, and the form that asks for another one."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import InputRequired

from vault.composing.papers import Sheet
from vault.domain.message import N_
from vault.domain.roles import Permission
from vault.rules.channels import NO_LIMIT, ChannelRule, Takes
from vault.services.audits.pages import OpenAudit
from vault.services.bundles.options import BundleOptions
from vault.services.bundles.standing import doubtful
from vault.services.days import today
from vault.web.forms import PageForm, at_most
from vault.web.identity import current_actor, current_vault

# What is done at each step of the making.
STEPS = {
    "copies": N_("Copies are being made."),
    "binding": N_("The combined PDF is being bound."),
    "packing": N_("The archive is being packed."),
    "keeping": N_("It is being put into the vault."),
}


class BundleForm(PageForm):
    """What a person chooses about a bundle."""

    channel = SelectField(_l("How you will send it"), [InputRequired()])
    without_prices = BooleanField(_l("Without prices"))
    sheet = SelectField(_l("Paper"), [InputRequired()])
    contact = StringField(_l("Whom Amazon may ask"), at_most(200))

    def __init__(self) -> None:
        super().__init__()
        self.sheet.choices = [(Sheet.A4.value, "A4"), (Sheet.LETTER.value, "Letter")]
        self.channel.choices = [(each.name, _label(each)) for each in current_vault().rules.channels.values()]

    def options(self) -> BundleOptions:
        sheet = Sheet(self.sheet.data)
        return BundleOptions(
            today(current_vault()),
            bool(self.without_prices.data),
            sheet,
            self.contact.data or "",
            self.channel.data or NO_LIMIT,
        )


def bundle_panel(opened: OpenAudit, asked: BundleForm | None) -> dict[str, Any]:
    """What the step needs beside the audit. `asked`: the form as it was sent, where that was refused."""
    form = asked
    if form is None:
        form = BundleForm()
        form.process()  # empty, also where another form of the page was sent
    return {"bundle_form": form, "uncopied": doubtful(opened.sections), **row_words(opened.audit.account_id)}


def row_words(account_id: str) -> dict[str, Any]:
    """What the row of a bundle needs beside the bundle."""
    return {
        "bundle_steps": STEPS,
        "channels": {name: gettext(each.label) for name, each in current_vault().rules.channels.items()},
        "may_send": current_actor().may(Permission.MANAGE, account_id),
    }


def _label(channel: ChannelRule) -> str:
    """With what it takes: ``Mail (archives, at most 18 MB each)``."""
    label = gettext(channel.label)
    if not channel.file_bytes:
        return str(label)
    taken = gettext("PDFs") if channel.takes is Takes.PDF else gettext("archives")
    limit = f"{channel.file_bytes / 1_000_000:g}"
    return str(gettext("%(label)s (%(taken)s, at most %(limit)s MB each)", label=label, taken=taken, limit=limit))
