"""Scoring one account after each change comes to the same as scoring all pairs from scratch."""

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import delete, select

from tests.clock import Clock
from tests.first_use import import_catalogue
from tests.invoices.catalogue import make_catalogue
from tests.services.links.conftest import IBANS, Agency
from vault.db.entities.links import Link, LinkKey, LinkState
from vault.db.entities.register import RegisterEntry
from vault.db.entities.work import Job, JobState
from vault.domain.errors import Conflict
from vault.domain.links import ExplanationKind
from vault.domain.register import AttributeKind, GrantKind
from vault.services.account_judging import judge_account
from vault.services.jobs.work import perform
from vault.services.journal.notes import record
from vault.services.links import links
from vault.services.links import scoring as link_scoring
from vault.services.links.confirmations import confirm
from vault.services.links.explanations import NewExplanation, explain
from vault.services.register import access_grants
from vault.services.register import entries as register_entries
from vault.services.register.access_grants import GrantDetails

VALUES = (
    (AttributeKind.BANK_ACCOUNT, IBANS[0]),
    (AttributeKind.PHONE, "+33 1 42 68 53 00"),
    (AttributeKind.EMAIL, "ada@lavandine.example"),
    (AttributeKind.EMAIL, "bob@lavandine.example"),
    (AttributeKind.IP_ADDRESS, "203.0.113.7"),
    (AttributeKind.IP_ADDRESS, "203.0.113.9"),
    (AttributeKind.IP_NETWORK, "203.0.112.0/20"),
    (AttributeKind.WAREHOUSE, "12 rue des Lilas\n75020 Paris"),
    (AttributeKind.RETURN_ADDRESS, "12, rue de Lilas\n75020 Paris"),
    (AttributeKind.OWNER, "Ada Marchand"),
    (AttributeKind.OWNER, "Marchant Ada"),
)
MORE = make_catalogue(20, seed=11)


def scores(agency: Agency) -> dict[tuple[str, str], tuple[int, str]]:
    with agency.vault.database.reading() as session:
        links = session.scalars(select(Link)).all()
    return {(link.low_id, link.high_id): (link.score, str(link.contributions)) for link in links if link.score}


def explain_some(agency: Agency, dice: random.Random) -> None:
    if pairs := links.pairs(agency.vault, agency.actor):
        given = NewExplanation(dice.choice(list(ExplanationKind)), "A family business")
        explain(agency.vault, agency.actor, dice.choice(pairs).id, given)


def confirm_some(agency: Agency, dice: random.Random) -> None:
    pairs = links.pairs(agency.vault, agency.actor)
    if asked := [(item.awaits, item.key) for pair in pairs for item in pair.contributions if item.awaits]:
        confirm(agency.vault, agency.actor, *dice.choice(asked))


def random_change(agency: Agency, dice: random.Random, holders: list[str]) -> None:
    def add() -> None:
        agency.give(dice.choice(holders), *dice.choice(VALUES))

    def end() -> None:
        with agency.vault.database.reading() as session:
            ids = session.scalars(select(RegisterEntry.id).order_by(RegisterEntry.id)).all()
        if ids:
            register_entries.end_entry(agency.vault, agency.actor, dice.choice(ids))

    def remove() -> None:
        with agency.vault.database.reading() as session:
            ids = session.scalars(select(RegisterEntry.id).order_by(RegisterEntry.id)).all()
        if ids:
            register_entries.remove_entry(agency.vault, agency.actor, dice.choice(ids))

    def let_in() -> None:
        details = GrantDetails(GrantKind.PERSON, "Bo Adler", "bo@agency.example")
        access_grants.add_grant(agency.vault, agency.actor, dice.choice(agency.ids), details)

    changes: tuple[Callable[[], None], ...] = (
        *(add, add, add, end, remove, let_in),
        partial(explain_some, agency, dice),
        partial(confirm_some, agency, dice),
    )
    with suppress(Conflict):  # the account has that value already
        dice.choice(changes)()


@pytest.mark.parametrize("seed", [1, 4])
def test_any_sequence_of_changes_comes_to_what_scoring_all_pairs_comes_to(agency: Agency, seed: int) -> None:
    dice = random.Random(seed)
    own = [agency.open(name) for name in ("Lavandine", "Quercy", "Boreal")]
    holders = [*own, agency.other(own[0], "A former partner"), agency.other(own[1], "A cousin")]
    for holder_id in own:
        agency.give(holder_id, AttributeKind.DEVICE, "SN 48213-7")
    for _ in range(20):
        random_change(agency, dice, holders)
    kept = scores(agency)
    assert kept
    assert link_scoring.rescore_all(agency.vault).changed == 0
    with agency.vault.database.transaction() as session:
        session.execute(delete(LinkKey))
    assert link_scoring.rescore_all(agency.vault).changed == 0
    assert scores(agency) == kept


def test_a_vault_that_never_scored_scores_all_with_the_first_change(agency: Agency, pair: tuple[str, str]) -> None:
    for holder_id in pair:
        agency.give(holder_id, AttributeKind.BANK_ACCOUNT, IBANS[0])
    stranger = agency.open("Boreal")
    with agency.vault.database.transaction() as session:
        for link in session.scalars(select(Link)):
            link.score, link.contributions = 0, []
        session.execute(delete(LinkKey))
        session.get_one(LinkState, 1).rules_version = ""
    agency.rescore(stranger)
    assert agency.score(*pair) == 90


def test_a_value_given_up_counts_half_from_the_day_after_its_last_one(
    agency: Agency, pair: tuple[str, str], clock: Clock
) -> None:
    until = clock().date() + timedelta(days=3)
    agency.give(pair[0], AttributeKind.BANK_ACCOUNT, IBANS[0], until=until)
    agency.give(pair[1], AttributeKind.BANK_ACCOUNT, IBANS[0])
    assert agency.score(*pair) == 90
    for days, score in ((3, 90), (1, 45)):
        clock.advance(timedelta(days=days))
        with agency.vault.database.transaction() as session:
            record(session, agency.vault, judge_account(session, agency.vault, pair[0]))
        assert agency.score(*pair) == score


def test_an_import_has_the_catalogues_compared_by_a_worker(agency: Agency, pair: tuple[str, str]) -> None:
    import_catalogue(agency.vault, agency.actor, pair[0], MORE)
    import_catalogue(agency.vault, agency.actor, pair[1], MORE[:10])
    work(agency)
    link = agency.link(*pair)
    assert link is not None
    assert [(item["kind"], item["shown"]) for item in link.contributions] == [
        ("catalogue", "10 / 10"),
        ("prices", "10 / 10"),
    ]
    assert "link.shared catalogue 10 / 10" in agency.tasks(*pair)
    assert link_scoring.rescore_all(agency.vault, catalogues=True).changed == 0


def test_catalogues_of_different_products_are_not_linked(agency: Agency, pair: tuple[str, str]) -> None:
    import_catalogue(agency.vault, agency.actor, pair[0], MORE)
    strangers = [replace(item, asin=f"B0OTHER{number:03}") for number, item in enumerate(make_catalogue(12, seed=5))]
    import_catalogue(agency.vault, agency.actor, pair[1], strangers)
    work(agency)
    assert agency.score(*pair) == 0


def work(agency: Agency) -> None:
    waiting = select(Job.id).where(Job.state == JobState.WAITING)
    with agency.vault.database.reading() as session:
        ids = session.scalars(waiting).all()
    for job_id in ids:
        perform(agency.vault, job_id)
