"""What the forms share. Forged requests are refused before a form is looked at (`vault.web.security`)."""

from typing import Any

from flask import request
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l
from wtforms import Form, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from vault.domain.errors import Invalid, VaultError
from vault.services.people.passwords import LONGEST
from vault.web.i18n import say


class _Translations:
    """Gives WTForms' own sentences to the catalogue."""

    def gettext(self, string: str) -> str:
        return str(gettext(string))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return str(ngettext(singular, plural, n))


class PageForm(Form):
    """A form that is filled from the request when it was sent."""

    def __init__(self, **values: Any) -> None:
        super().__init__(request.form if is_sent() else None, **values)

    def is_accepted(self) -> bool:
        """True when it was sent and every field holds what it may hold."""
        return is_sent() and self.validate()

    def show(self, error: VaultError) -> None:
        """Puts what a service refused beside its fields; what belongs to no field stands above the form."""
        problems = error.problems if isinstance(error, Invalid) else {}
        for name, message in problems.items():
            if name in self._fields:
                field = self._fields[name]
                field.errors = [*field.errors, say(message)]
        if not any(name in self._fields for name in problems):
            self.form_errors.append(say(error.message))

    def _get_translations(self) -> _Translations:
        return _Translations()


def is_sent() -> bool:
    return request.method == "POST"


def required(longest: int = 200) -> list[Any]:
    """The validators of a text that must be there."""
    return [
        InputRequired(_l("Fill in this field.")),
        Length(max=longest, message=_l("Use at most %(max)d characters.")),
    ]


def at_most(longest: int) -> list[Any]:
    """The validators of a text that may be empty."""
    return [Length(max=longest, message=_l("Use at most %(max)d characters."))]


class PasswordOnly(PageForm):
    """A password that is there already."""

    password = PasswordField(_l("Password"), required(LONGEST), render_kw={"autocomplete": "current-password"})


class NewPassword(PageForm):
    """A password to be set."""

    password = PasswordField(_l("New password"), required(LONGEST), render_kw={"autocomplete": "new-password"})


class CodeForm(PageForm):
    """A code of the authenticator app, or a recovery code."""

    code = StringField(
        _l("Code"),
        required(40),
        render_kw={"autocomplete": "one-time-code", "spellcheck": "false", "autocapitalize": "off"},
    )
