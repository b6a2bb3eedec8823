"""Guests of an audit: invited for a while, let in by a secret alone, and every look of theirs stands in the journal."""

import hashlib
import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.clock import Clock
from tests.shop import Shop
from vault.db.entities.audits import Audit, AuditGuest
from vault.domain.audits import AuditState
from vault.domain.errors import Conflict, Forbidden, Invalid, NotFound, Throttled
from vault.domain.register import AccountStatus
from vault.domain.roles import Role
from vault.journal.table import entries
from vault.services.access import Actor
from vault.services.audits import audits, guest_looks, guests
from vault.services.audits.guest_looks import NotAdmitted
from vault.services.register.account_standing import Standing, change_standing

HERE = "192.0.2.7"


@pytest.fixture
def audit(shop: Shop) -> Audit:
    return audits.open_audit(shop.vault, shop.actor, shop.account_id, "Please send invoices.")


def invite(shop: Shop, audit: Audit, name: str = "Maître Roux", days: int = 7) -> str:
    """Returns the link."""
    return guests.invite(shop.vault, shop.actor, shop.account_id, audit.id, name, days).link


def enter(shop: Shop, link: str) -> str:
    return guest_looks.admit(shop.vault, link, HERE)


def looks(shop: Shop) -> list[dict[str, str]]:
    """The details of every look in the journal, oldest first."""
    wanted = select(entries.c.details).where(entries.c.action == "audit.looked_at").order_by(entries.c.seq)
    with shop.vault.database.reading() as session:
        return [json.loads(details) for details in session.scalars(wanted)]


def only_guest(shop: Shop, audit: Audit) -> guests.GuestRow:
    return guests.list_guests(shop.vault, shop.actor, shop.account_id, audit.id)[0]


def test_the_secret_is_kept_as_its_digest_alone_and_stands_behind_the_hash_of_the_link(
    shop: Shop, audit: Audit
) -> None:
    link = invite(shop, audit)
    address, _, secret = link.partition("#")
    assert address == f"{shop.vault.settings.address}/guest"
    with shop.vault.database.reading() as session:
        kept = session.scalars(select(AuditGuest)).one()
        written = "".join(session.scalars(select(entries.c.details)))
    assert kept.secret_hash == hashlib.sha256(secret.encode()).hexdigest()
    assert secret not in written


def test_the_link_and_its_code_let_in_and_show_the_audit(shop: Shop, audit: Audit) -> None:
    link = invite(shop, audit)
    guest_id = enter(shop, link)
    assert enter(shop, f"  {link.partition('#')[2]} ") == guest_id
    seen = guest_looks.look(shop.vault, guest_id)
    assert seen.view.notice_text == "Please send invoices."
    assert seen.until == shop.vault.clock() + timedelta(days=7)


def test_nobody_is_let_in_or_stays_after_the_time_is_over(shop: Shop, audit: Audit, clock: Clock) -> None:
    link = invite(shop, audit, days=1)
    guest_id = enter(shop, link)
    clock.advance(timedelta(days=1, seconds=-1))
    guest_looks.look(shop.vault, guest_id)
    clock.advance(timedelta(seconds=1))
    assert_shut(shop, link, guest_id)
    assert not only_guest(shop, audit).is_open


def test_nobody_is_let_in_or_stays_after_access_was_revoked(shop: Shop, audit: Audit) -> None:
    link = invite(shop, audit)
    guest_id = enter(shop, link)
    for _ in range(2):
        guests.revoke(shop.vault, shop.actor, shop.account_id, audit.id, guest_id)
    assert_shut(shop, link, guest_id)
    assert [action for action, _ in shop.journal()].count("audit.guest_revoked") == 1


def test_nobody_looks_at_an_audit_that_was_withdrawn(shop: Shop, audit: Audit) -> None:
    link = invite(shop, audit)
    guest_id = enter(shop, link)
    audits.move(shop.vault, shop.actor, shop.account_id, audit.id, AuditState.WITHDRAWN)
    assert_shut(shop, link, guest_id)
    with pytest.raises(Conflict):
        invite(shop, audit)


def test_nobody_looks_at_anything_of_a_closed_account(shop: Shop, audit: Audit) -> None:
    link = invite(shop, audit)
    guest_id = enter(shop, link)
    change_standing(shop.vault, shop.actor, shop.account_id, Standing(AccountStatus.CLOSED))
    assert_shut(shop, link, guest_id)


def assert_shut(shop: Shop, link: str, guest_id: str) -> None:
    """Neither link nor session opens anything, with the same words as for a code that never was one."""
    before, said = looks(shop), set()
    for attempt in (
        lambda: enter(shop, "never-was-one"),
        lambda: enter(shop, link),
        lambda: guest_looks.look(shop.vault, guest_id),
        lambda: guest_looks.open_original(shop.vault, guest_id, "0" * 26),
    ):
        with pytest.raises(NotAdmitted) as refused:
            attempt()
        said.add((refused.value.code, str(refused.value)))
    assert len(said) == 1
    assert looks(shop) == before


def test_guessing_is_slowed_down_for_the_address_that_guesses(shop: Shop, audit: Audit) -> None:
    link = invite(shop, audit)
    for guess in range(40):
        with pytest.raises(NotAdmitted):
            enter(shop, f"guess-{guess}")
    with pytest.raises(Throttled):
        enter(shop, link)
    assert guest_looks.admit(shop.vault, link, "198.51.100.9")


def test_every_look_stands_in_the_journal_under_the_guests_name(shop: Shop, audit: Audit, clock: Clock) -> None:
    guest_id = enter(shop, invite(shop, audit))
    assert only_guest(shop, audit).looked_at is None
    guest_looks.look(shop.vault, guest_id)
    noted = looks(shop)
    assert [(look["guest"], look["audit"], look["opened"]) for look in noted] == [("Maître Roux", audit.id, "audit")]
    assert only_guest(shop, audit).looked_at == clock.now


def test_a_storm_of_looks_is_noted_once_a_minute_and_never_less(shop: Shop, audit: Audit, clock: Clock) -> None:
    first, second = enter(shop, invite(shop, audit)), enter(shop, invite(shop, audit, "Auditor"))
    for _ in range(18):
        guest_looks.look(shop.vault, first)
        clock.advance(timedelta(seconds=10))
    assert len(looks(shop)) == 3
    guest_looks.look(shop.vault, second)
    assert [look["guest"] for look in looks(shop)] == ["Maître Roux"] * 3 + ["Auditor"]


def test_a_guest_who_opens_far_too_much_has_to_wait(shop: Shop, audit: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guest_looks, "_LOOKS", 2)
    guest_id = enter(shop, invite(shop, audit))
    for _ in range(2):
        guest_looks.look(shop.vault, guest_id)
    with pytest.raises(Throttled):
        guest_looks.look(shop.vault, guest_id)


@pytest.mark.parametrize(
    ("name", "days", "field"), [(" ", 7, "name"), ("N" * 201, 7, "name"), ("N", 0, "days"), ("N", 31, "days")]
)
def test_an_invitation_without_a_name_or_for_too_long_is_refused(
    shop: Shop, audit: Audit, name: str, days: int, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        invite(shop, audit, name, days)
    assert set(refused.value.problems) == {field}
    assert shop.count(AuditGuest) == 0


def test_only_so_many_may_look_at_the_same_time(shop: Shop, audit: Audit, clock: Clock) -> None:
    for _ in range(guests.MOST):
        invite(shop, audit, days=1)
    with pytest.raises(Conflict):
        invite(shop, audit)
    clock.advance(timedelta(days=1))
    assert invite(shop, audit)


@pytest.mark.parametrize(("role", "refusal"), [(Role.ASSISTANT, Forbidden), (None, NotFound)])
def test_only_who_manages_the_account_invites_lists_previews_and_revokes(
    shop: Shop, audit: Audit, role: Role | None, refusal: type[Exception]
) -> None:
    guest_id = enter(shop, invite(shop, audit))
    actor = Actor("a", "A", {shop.account_id: role} if role else {})
    of_audit = shop.vault, actor, shop.account_id, audit.id
    for attempt in (
        lambda: guests.invite(*of_audit, "Friend", 1),
        lambda: guests.list_guests(*of_audit),
        lambda: guests.preview(*of_audit),
        lambda: guests.revoke(*of_audit, guest_id),
    ):
        with pytest.raises(refusal):
            attempt()
    assert only_guest(shop, audit).is_open


def test_a_guest_of_another_audit_cannot_be_revoked_from_here(shop: Shop, audit: Audit) -> None:
    guest_id = enter(shop, invite(shop, audit))
    other = audits.open_audit(shop.vault, shop.actor, shop.account_id, "Another notice")
    with pytest.raises(NotFound):
        guests.revoke(shop.vault, shop.actor, shop.account_id, other.id, guest_id)
    assert only_guest(shop, audit).is_open
