"""From facts and a template to the plain text of a letter.

Operators may write templates of their own, so they run in a sandbox, without any network or file beside the templates.
What is not known is never made up: it stands in the letter as a marked gap, which the linter does not let pass.
"""

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from babel.dates import format_date
from jinja2 import ChainableUndefined, FileSystemLoader, TemplateError, TemplateSyntaxError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from vault.domain.errors import Invalid
from vault.domain.message import N_
from vault.letters.facts import LANGUAGES, AuditFacts, LetterKind, SupplierFacts
from vault.letters.gaps import gap

LONGEST_LETTER = 100_000
"""Characters; a template that writes more has lost its way."""
_LOCALES = {"en": "en_GB"}
# What the expressions of a template can raise, beside what the template engine says itself.
_MISTAKES = (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError)


def write_letter(kind: LetterKind, language: str, facts: AuditFacts | SupplierFacts, folders: Sequence[Path]) -> str:
    """The letter as plain text, its subject on the first line behind "Subject:" (or the language's own word).

    `folders` are searched in their order for ``<acknowledgement|supplier_request|kind of the audit>/<language>.txt``:
    an operator's own templates first, then the product's. Raises Invalid for a language that there are no letters in,
    facts of another letter, and a template with a mistake, naming the file and the line.
    """
    if language not in LANGUAGES or isinstance(facts, SupplierFacts) != (kind is LetterKind.SUPPLIER_REQUEST):
        raise Invalid(N_("There is no such letter. Choose its kind and its language from the lists."))
    name = f"{facts.kind if isinstance(facts, AuditFacts) and kind is LetterKind.ANSWER else kind}/{language}.txt"
    try:
        template = _environment(language, folders).get_template(name)
        written = _bounded(template.generate(letter=facts))
    except _MISTAKES as error:
        raise _mistake(name, error) from error
    return _tidy(written)


def _environment(language: str, folders: Sequence[Path]) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folders),
        undefined=_Missing,
        finalize=lambda value: gap(language) if value is None else value,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["known"] = lambda value, name: value or gap(language, name)
    # A letter names the days of a thousand invoices, and most of them more than once.
    environment.filters["day"] = cache(lambda value, name="": _day(value, language, name))
    environment.globals["gap"] = lambda name: gap(language, name)
    return environment


class _Missing(ChainableUndefined):
    """A name that no letter has, in a template of an operator's own: a gap as well."""

    def __str__(self) -> str:
        if self._undefined_exception is SecurityError:
            self._fail_with_undefined_error()
        return gap("en", str(self._undefined_name or ""))


def _day(value: date | None, language: str, name: str) -> str:
    return str(format_date(value, "long", locale=_LOCALES.get(language, language))) if value else gap(language, name)


def _bounded(pieces: Any) -> str:
    written: list[str] = []
    length = 0
    for piece in pieces:
        written.append(piece)
        length += len(piece)
        if length > LONGEST_LETTER:
            raise ValueError("longer than any letter")
    return "".join(written)


def _tidy(written: str) -> str:
    """No blanks at the ends of lines, one empty line at most between two paragraphs."""
    lines = "\n".join(line.rstrip() for line in written.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip() + "\n"


def _mistake(name: str, error: Exception) -> Invalid:
    line = str(error.lineno) if isinstance(error, TemplateSyntaxError) else "?"
    file = error.name if isinstance(error, TemplateSyntaxError) and error.name else name
    return Invalid(
        N_("The template %(file)s has a mistake (line %(line)s: %(problem)s). Correct it and try again."),
        file=file,
        line=line,
        problem=str(error) or type(error).__name__,
    )
