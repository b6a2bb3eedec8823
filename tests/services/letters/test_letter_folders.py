from pathlib import Path

from vault.config import Settings
from vault.services.letters.folders import letter_folders


def test_the_products_templates_are_found():
    (folder,) = letter_folders(Settings())
    assert (folder / "authenticity" / "en.txt").is_file()


def test_an_operators_own_templates_come_first():
    settings = Settings.from_environment({"VAULT_LETTERS": "/srv/letters"})
    assert letter_folders(settings)[0] == Path("/srv/letters")
    assert len(letter_folders(settings)) == 2
