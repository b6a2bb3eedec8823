"""A report as a PDF for the shelf and for who wants paper."""

from vault.composing.composer import Composer
from vault.services.vault import Vault


def printed(vault: Vault, html: str, title: str, language: str) -> bytes:
    """The page standing by itself as a PDF/A, printed in the sandbox: the same page gives the same bytes.

    Raises as `Composer.printed` does.
    """
    with Composer(allow_unsandboxed=vault.settings.allow_unsandboxed) as composer:
        return composer.printed(html, title, language).content
