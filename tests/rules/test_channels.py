"""The channels of bundles: data that an operator changes, each with its source."""

from pathlib import Path

from tests.rules.test_loader import SMALL
from vault.rules.channels import NO_LIMIT, Takes
from vault.rules.loader import load_rules

OURS = """
[channels.appeal]
label = "Appeal"
takes = "pdf"
file_bytes = 5_000_000
files = 3
source = "the upload page, March 2026"
"""


def test_every_channel_of_the_product_says_where_its_figures_come_from() -> None:
    channels = load_rules().channels
    assert channels[NO_LIMIT].file_bytes == 0
    for channel in channels.values():
        assert channel.source
        if channel.file_bytes and channel.name != "message":
            assert "cautious default" in channel.source, "nobody publishes the figure"
    assert channels["appeal"].takes is Takes.PDF


def test_an_operator_changes_one_and_keeps_the_others(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(SMALL.format(check="invoice.kind", settings="{ min_confidence = 50 }") + OURS)
    ours, own = load_rules(path).channels, load_rules().channels
    assert (ours["appeal"].file_bytes, ours["appeal"].files) == (5_000_000, 3)
    assert {**ours, "appeal": own["appeal"]} == own
