"""`sellervault webhook`: where events go, from the terminal; the secret is shown once, the address never."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from click.testing import CliRunner, Result

from tests.servers.receiver import Receiver, receiving
from tests.shop import Shop
from vault.cli.main import cli
from vault.services.vault import open_vault
from vault.services.webhooks import webhooks
from vault.services.webhooks.targets import Way, allowed_networks


@pytest.fixture
def shop(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """May send to this machine."""
    monkeypatch.setenv("VAULT_WEBHOOK_ALLOW", "127.0.0.0/8")
    return replace(shop, vault=replace(shop.vault, way_out=Way(allowed_networks("127.0.0.0/8"), seconds=2)))


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as running:
        yield running


def run(*arguments: str, entered: str = "") -> Result:
    return CliRunner().invoke(cli, ["webhook", *arguments], input=entered)


def work(shop: Shop) -> None:
    """Does the jobs that are due on the day that the commands live on."""
    vault = replace(open_vault(shop.vault.settings), way_out=shop.vault.way_out)
    replace(shop, vault=vault).work()
    vault.close()


def added(shop: Shop, receiver: Receiver) -> str:
    """The id of a new webhook of the account."""
    run("add", shop.account_id, "--event", "task.opened", entered=f"{receiver.url}/T0KEN\n")
    [row] = webhooks.list_webhooks(shop.vault, shop.actor, shop.account_id)
    return row.webhook.id


def test_a_webhook_is_added_and_its_secret_shown_once(shop: Shop, receiver: Receiver) -> None:
    made = run("add", shop.account_id, entered=f"{receiver.url}/T0KEN\n")
    assert made.exit_code == 0, made.output
    assert made.stdout.startswith("whsec_")
    listed = run("list", shop.account_id).output
    assert (f"127.0.0.1:{receiver.port}" in listed, "whsec_" in listed, "T0KEN" in listed) == (True, False, False)


def test_an_address_that_leads_inside_is_refused(shop: Shop) -> None:
    refused = run("add", shop.account_id, entered="https://169.254.169.254/\n")
    assert (refused.exit_code, "private network" in refused.output) == (1, True)


def test_a_test_is_sent_and_stands_in_the_log(shop: Shop, receiver: Receiver) -> None:
    webhook_id = added(shop, receiver)
    assert "waiting" not in run("deliveries", webhook_id).output
    assert run("test", webhook_id).exit_code == 0
    work(shop)
    assert len(receiver.received) == 1
    shown = run("deliveries", webhook_id).output
    assert ("delivered" in shown, "200" in shown) == (True, True)


def test_it_is_switched_off_and_on(shop: Shop, receiver: Receiver) -> None:
    webhook_id = added(shop, receiver)
    run("off", webhook_id)
    assert " off " in run("list", shop.account_id).output
    refused = run("test", webhook_id)
    assert (refused.exit_code, "paused" in refused.output) == (1, True)
    run("on", webhook_id)
    assert " on " in run("list", shop.account_id).output


def test_a_new_secret_is_shown_once(shop: Shop, receiver: Receiver) -> None:
    webhook_id = added(shop, receiver)
    assert run("secret", webhook_id).stdout.startswith("whsec_")
    assert webhooks.get_webhook(shop.vault, shop.actor, shop.account_id, webhook_id).webhook.former_until is not None
    assert run("secret", webhook_id, "--at-once").stdout.startswith("whsec_")
    assert webhooks.get_webhook(shop.vault, shop.actor, shop.account_id, webhook_id).webhook.former_until is None
