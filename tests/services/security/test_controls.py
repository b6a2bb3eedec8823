"""Security duties: attested by people, judged by the clock, one task a gap."""

from datetime import date, timedelta

import pytest

from tests.clock import Clock
from tests.security_desk import GOOD_PASSWORD, TWO_WAYS, SecurityDesk
from vault.db.entities.register import AccessGrant
from vault.db.entities.work import TaskState
from vault.domain.errors import Invalid
from vault.domain.findings import Outcome, Severity
from vault.domain.register import GrantKind
from vault.domain.security import AlertKind, Control, TwoStepMethod
from vault.services.register import access_grants
from vault.services.security import control_records, security
from vault.services.security.security import Standing

PERSONAL = ("two_step", "password", "training")


def standing(desk: SecurityDesk) -> Standing:
    return security.overview(desk.vault, desk.actor, desk.account_id).standing


def test_what_nobody_has_attested_is_unknown_and_never_a_pass(desk: SecurityDesk) -> None:
    desk.judge()
    assert (standing(desk).ok, standing(desk).unknown) == (0, standing(desk).total)
    assert set(desk.tasks()) == set(desk.findings())
    assert desk.tasks()["two_step"].severity == Severity.CRITICAL


def test_with_everything_attested_nothing_is_left_to_do(desk: SecurityDesk) -> None:
    desk.judge()
    desk.attest_everything()
    assert desk.tasks() == {}
    assert standing(desk).ok == standing(desk).total > len(desk.tasks(TaskState.DONE))


def test_judging_again_changes_nothing(desk: SecurityDesk, clock: Clock) -> None:
    desk.attest(Control.PASSWORD, desk.anna, GOOD_PASSWORD)
    desk.judge()
    before = desk.journal_length()
    clock.advance(timedelta(days=1))
    desk.judge()
    assert desk.journal_length() == before


def test_an_account_that_nobody_is_known_to_work_with_is_one_gap(desk: SecurityDesk) -> None:
    with desk.vault.database.transaction() as session:
        session.get_one(AccessGrant, desk.anna).removed_on = date(2026, 1, 1)
    assert [name for name in desk.findings() if name in PERSONAL] == ["two_step"]


def test_agencies_tools_and_who_has_left_have_no_personal_duties(desk: SecurityDesk) -> None:
    desk.admit("An agency", kind=GrantKind.AGENCY)
    desk.admit("A tool", kind=GrantKind.TOOL)
    desk.admit("Gone", left_on=date(2026, 10, 1))
    desk.admit("Leaves soon", left_on=date(2026, 12, 1))
    people = security.overview(desk.vault, desk.actor, desk.account_id).people
    assert [person.name for person in people] == ["Anna Petit", "Leaves soon"]


def test_a_password_is_due_again_and_then_overdue_by_the_clock(desk: SecurityDesk, clock: Clock) -> None:
    desk.attest(Control.PASSWORD, desk.anna, GOOD_PASSWORD)
    seen = []
    for days in (89, 1, 89, 1):
        clock.advance(timedelta(days=days))
        seen.append((desk.outcome("password"), desk.findings()["password"].severity))
    assert seen == [("pass", "high"), ("warn", "normal"), ("warn", "normal"), ("fail", "high")]


def test_a_task_closes_by_attestation_and_the_same_one_opens_again_when_the_interval_lapses(
    desk: SecurityDesk, clock: Clock
) -> None:
    desk.judge()
    first = desk.tasks()["password"].id
    desk.attest(Control.PASSWORD, desk.anna, GOOD_PASSWORD)
    assert desk.tasks(TaskState.DONE)["password"].id == first
    clock.advance(timedelta(days=180))
    desk.judge()
    again = desk.tasks()["password"]
    assert (again.id, again.outcome) == (first, "fail")


def test_the_day_counts_on_which_it_was_done_not_the_one_on_which_it_was_entered(desk: SecurityDesk) -> None:
    desk.attest(Control.CONTACT, done_on=date(2026, 10, 1))
    desk.attest(Control.CONTACT, done_on=date(2026, 3, 1))
    assert desk.findings()["contact"].why["done_on"] == "2026-10-01"


@pytest.mark.parametrize(
    ("changed", "outcome"),
    [
        ({}, "pass"),
        ({"backup_device": "Annas  PHONE"}, "fail"),
        ({"backup_method": TwoStepMethod.APP}, "fail"),
        ({"backup_method": TwoStepMethod.NONE, "backup_device": ""}, "fail"),
        ({"primary_method": TwoStepMethod.NONE, "primary_device": ""}, "fail"),
        ({"primary_method": TwoStepMethod.PASSKEY, "primary_device": "laptop"}, "pass"),
    ],
)
def test_the_second_step_needs_two_ways_on_two_devices(
    desk: SecurityDesk, changed: dict[str, str], outcome: str
) -> None:
    desk.attest(Control.TWO_STEP, desk.anna, {**TWO_WAYS, **changed})
    assert (desk.outcome("two_step"), desk.findings()["two_step"].severity) == (outcome, "critical")


def test_a_password_that_is_not_unique_is_a_gap_of_its_own(desk: SecurityDesk) -> None:
    assert "password_kept" not in desk.findings()
    desk.attest(Control.PASSWORD, desk.anna, {"unique": "no", "manager": "yes"})
    assert (desk.outcome("password"), desk.outcome("password_kept")) == ("pass", "warn")


def test_each_alert_that_is_off_is_a_gap_but_never_having_looked_is_one(desk: SecurityDesk) -> None:
    assert [name for name in desk.findings() if name.startswith("alerts")] == ["alerts"]
    on = [kind for kind in AlertKind if kind is not AlertKind.ODD_ORDERS]
    desk.attest(Control.ALERTS, details=dict.fromkeys(on, "yes"))
    assert {name: desk.outcome(name) for name in desk.findings() if name.startswith("alerts")} == {
        "alerts odd_orders": "fail",
        "alerts": "pass",
    }


def test_papers_warn_before_they_expire_and_fail_after(desk: SecurityDesk, clock: Clock) -> None:
    assert desk.outcome("papers identity") == "unknown"
    desk.file_paper("identity", "2027-01-09")
    seen = []
    for days in (9, 1, 30, 30, 1):  # 61, 60, 30, 0 days before, and the day after
        clock.advance(timedelta(days=days))
        finding = desk.findings()["papers identity"]
        seen.append((finding.outcome.value, finding.severity.value))
    assert seen == [("pass", "high"), ("warn", "normal"), ("warn", "high"), ("warn", "high"), ("fail", "high")]


def test_a_renewed_paper_takes_the_place_of_the_old_one(desk: SecurityDesk) -> None:
    paper_id = desk.file_paper("identity", "2026-01-01")
    assert desk.outcome("papers identity") == "fail"
    desk.file_paper("identity", "2031-01-01", paper_id)
    assert desk.outcome("papers identity") == "pass"


def test_a_paper_without_a_copy_is_not_at_hand(desk: SecurityDesk) -> None:
    desk.file_paper("company", "", with_copy=False, never_expires=True)
    finding = desk.findings()["papers company"]
    assert (finding.outcome, finding.severity) == (Outcome.WARN, Severity.LOW)


def test_a_paper_of_which_nobody_knows_until_when_it_counts_is_not_valid_for_ever(desk: SecurityDesk) -> None:
    paper_id = desk.file_paper("company", "")
    finding = desk.findings()["papers company"]
    assert (finding.outcome, finding.severity) == (Outcome.WARN, Severity.NORMAL)
    assert "is not known" in finding.message.text
    desk.file_paper("company", "", paper_id, never_expires=True)
    assert desk.outcome("papers company") == "pass"
    assert desk.tasks(TaskState.DONE)["papers company"]


def test_a_paper_has_a_date_of_expiry_or_none(desk: SecurityDesk) -> None:
    with pytest.raises(Invalid) as refused:
        desk.file_paper("company", "2030-01-01", never_expires=True)
    assert set(refused.value.problems) == {"never_expires"}


def test_a_paper_that_is_no_longer_needed_warns_nobody(desk: SecurityDesk) -> None:
    paper_id = desk.file_paper("tax", "2026-01-01")
    assert desk.tasks()["papers tax"]
    control_records.retire_paper(desk.vault, desk.actor, desk.account_id, paper_id)
    assert "papers tax" not in desk.findings()
    assert desk.tasks(TaskState.DONE)["papers tax"]


def test_training_counts_from_the_register_too(desk: SecurityDesk) -> None:
    with desk.vault.database.transaction() as session:
        session.get_one(AccessGrant, desk.anna).trained_on = date(2026, 9, 1)
    assert desk.outcome("training") == "pass"


def test_figures_are_those_of_the_last_judgement(desk: SecurityDesk) -> None:
    with desk.vault.database.reading() as session:
        assert security.figures(session, [desk.account_id, "nobody"])[desk.account_id].total == 0
    desk.attest_everything()
    with desk.vault.database.reading() as session:
        assert security.figures(session, [desk.account_id]) == {desk.account_id: standing(desk)}


def test_who_is_let_in_has_duties_at_once_and_none_after_leaving(desk: SecurityDesk) -> None:
    details = access_grants.GrantDetails(GrantKind.PERSON, "Bruno")
    grant = access_grants.add_grant(desk.vault, desk.actor, desk.account_id, details)
    assert desk.tasks()["two_step Bruno"].severity == Severity.CRITICAL
    access_grants.end_grant(desk.vault, desk.actor, grant.id)
    assert [name for name in desk.tasks() if name.endswith("Bruno")] == []
