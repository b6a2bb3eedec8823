"""Two people who change two accounts at the same moment: neither waits for ever, and what they share is not missed."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from tests.services.links.conftest import Agency
from vault.db.entities.links import Link
from vault.domain.register import AttributeKind
from vault.services.links import scoring as link_scoring
from vault.services.register import entries as register_entries
from vault.services.register.entries import EntryDetails


@pytest.mark.parametrize("round_", range(3))
def test_a_value_that_comes_to_two_accounts_at_once_links_them(
    agency: Agency, pair: tuple[str, str], round_: int
) -> None:
    start = Barrier(2)

    def add(holder_id: str) -> None:
        start.wait(10)
        details, kind = EntryDetails(), AttributeKind.PHONE
        for digit in range(3):
            text = f"+33 1 42 68 53 0{digit}"
            register_entries.add_entry(agency.vault, agency.actor, holder_id, kind, text, details)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(add, pair))
    link = agency.link(*pair)
    assert link is not None
    assert [item["kind"] for item in link.contributions] == ["phone"] * 3
    assert set(agency.tasks(*pair)) == {f"link.shared phone +33 •••• 0{digit}" for digit in range(3)}
    assert link_scoring.rescore_all(agency.vault).changed == 0


def test_the_same_pair_scored_twice_at_once_is_one_link(agency: Agency, pair: tuple[str, str]) -> None:
    for holder_id in pair:
        agency.give(holder_id, AttributeKind.DEVICE, "SN 48213-7")
    start = Barrier(3)

    def score(again: str | None) -> None:
        start.wait(10)
        if again is None:
            link_scoring.rescore_all(agency.vault)
        else:
            agency.rescore(again)

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(score, (*pair, None)))
    with agency.vault.database.reading() as session:
        assert session.query(Link).count() == 1
