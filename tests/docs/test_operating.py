"""The operator's page knows every setting there is."""

from dataclasses import fields
from pathlib import Path

import pytest

from vault.config import Settings
from vault.domain.errors import Misconfigured

PAGE = Path(__file__).parents[2] / "docs" / "operating.md"


@pytest.mark.parametrize("variable", [item.metadata["variable"] for item in fields(Settings)])
def test_every_setting_is_documented(variable):
    assert f"`{variable}`" in PAGE.read_text()


def test_an_unknown_setting_stops_the_start():
    with pytest.raises(Misconfigured, match="VAULT_PROT"):
        Settings.from_environment({"VAULT_PROT": "8080"})


@pytest.mark.parametrize(("name", "value"), [("VAULT_PORT", "eighty"), ("VAULT_S3_SECURE", "perhaps")])
def test_a_value_that_makes_no_sense_stops_the_start(name, value):
    with pytest.raises(Misconfigured, match=value):
        Settings.from_environment({name: value})
