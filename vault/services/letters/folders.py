"""Where the templates of letters are."""

from pathlib import Path

from vault.config import Settings
from vault.wording.template_folder import template_folder


def letter_folders(settings: Settings) -> tuple[Path, ...]:
    """The operator's own templates first, where there are any, then the product's."""
    own = (settings.letters_folder,) if settings.letters_folder else ()
    return (*own, template_folder() / "letters")
