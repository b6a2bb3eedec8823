"""A webhook stops with the right of who set it up, and somebody else may let it go on."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.clock import Clock
from tests.servers.receiver import Receiver, receiving
from tests.services.webhooks.test_webhooks import ALL, deliver, gap, judge, log, member
from tests.shop import Shop, open_shop
from vault.db.entities.webhooks import DeliveryState, Webhook
from vault.domain.errors import Invalid
from vault.domain.roles import Role
from vault.services.access import TERMINAL, Actor
from vault.services.people import people, rescue
from vault.services.vault import Vault
from vault.services.webhooks import deliveries, webhooks
from vault.services.webhooks.rights import NOBODY_ANSWERS
from vault.services.webhooks.targets import Way, allowed_networks


@pytest.fixture
def shop(vault: Vault) -> Shop:
    """Its vault may send to this machine."""
    return open_shop(replace(vault, way_out=Way(allowed_networks("127.0.0.0/8"), seconds=2)), with_catalogue=False)


@pytest.fixture
def manager(shop: Shop) -> Actor:
    return member(shop.vault, shop.account_id, "Mei")


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as running:
        yield running


@pytest.fixture
def webhook(shop: Shop, manager: Actor, receiver: Receiver) -> Webhook:
    return webhooks.create(shop.vault, manager, shop.account_id, receiver.url, ALL)[0]


def remove(shop: Shop, manager: Actor) -> None:
    people.remove_member(shop.vault, shop.actor, shop.account_id, manager.id)


def demote(shop: Shop, manager: Actor) -> None:
    people.change_role(shop.vault, shop.actor, shop.account_id, manager.id, Role.ASSISTANT)


def disable(shop: Shop, manager: Actor) -> None:
    people.set_disabled(shop.vault, TERMINAL, manager.id, True)


@pytest.mark.parametrize("lose", [remove, demote, disable])
def test_nothing_is_put_down_or_sent_for_who_has_lost_the_right(
    shop: Shop, manager: Actor, webhook: Webhook, receiver: Receiver, clock: Clock, lose: Callable[[Shop, Actor], None]
) -> None:
    judge(shop.vault, shop.account_id, gap())
    lose(shop, manager)
    before = len(log(shop.vault))
    clock.advance(timedelta(days=60))
    judge(shop.vault, shop.account_id)
    deliveries.announce_overdue(shop.vault)
    deliver(shop.vault)
    assert len(log(shop.vault)) == before
    assert receiver.received == []
    assert {entry.state for entry in log(shop.vault)} == {DeliveryState.GIVEN_UP}
    assert {entry.tries[-1]["problem"] for entry in log(shop.vault)} == {NOBODY_ANSWERS}


def test_what_a_worker_already_holds_is_not_sent_either(
    shop: Shop, manager: Actor, webhook: Webhook, receiver: Receiver
) -> None:
    webhooks.ping(shop.vault, manager, shop.account_id, webhook.id)
    deliveries.send_due(shop.vault)
    remove(shop, manager)
    shop.work()
    assert receiver.received == []


def test_the_page_says_who_does_not_answer_any_more(shop: Shop, manager: Actor, webhook: Webhook) -> None:
    remove(shop, manager)
    [row] = webhooks.list_webhooks(shop.vault, shop.actor, shop.account_id)
    assert (row.responsible, row.is_answered_for) == ("Mei", False)
    with pytest.raises(Invalid, match="in your name"):
        webhooks.ping(shop.vault, shop.actor, shop.account_id, webhook.id)


def test_somebody_else_lets_it_go_on(shop: Shop, manager: Actor, webhook: Webhook, receiver: Receiver) -> None:
    remove(shop, manager)
    webhooks.set_paused(shop.vault, shop.actor, shop.account_id, webhook.id, False)
    webhooks.ping(shop.vault, shop.actor, shop.account_id, webhook.id)
    deliver(shop.vault)
    assert len(receiver.received) == 1
    with shop.vault.database.reading() as session:
        assert session.scalars(select(Webhook.responsible_id)).all() == [shop.actor.id]


def test_who_gives_another_address_answers_for_it(
    shop: Shop, manager: Actor, webhook: Webhook, receiver: Receiver
) -> None:
    webhooks.change(shop.vault, shop.actor, shop.account_id, webhook.id, receiver.url + "/2", ALL)
    remove(shop, manager)
    [row] = webhooks.list_webhooks(shop.vault, shop.actor, shop.account_id)
    assert row.is_answered_for


def test_the_terminal_has_every_right(shop: Shop, receiver: Receiver) -> None:
    terminal = rescue.everywhere(shop.vault, TERMINAL)
    made, _ = webhooks.create(shop.vault, terminal, shop.account_id, receiver.url, ALL)
    webhooks.ping(shop.vault, terminal, shop.account_id, made.id)
    deliver(shop.vault)
    assert len(receiver.received) == 1
