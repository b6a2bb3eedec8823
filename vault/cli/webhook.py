"""`sellervault webhook`: where events are sent, for whoever has the machine's terminal.

An address can be a credential: it is read from standard input, never from the command line. A secret is shown once.
"""

import sys

import click
from rich.console import Console
from rich.table import Table

from vault.cli.named import account_named, account_of, problems_named
from vault.cli.opening import opened_vault
from vault.cli.table import plain
from vault.db.entities.webhooks import Webhook, WebhookDelivery
from vault.domain.events import SUBSCRIBABLE
from vault.services.access import TERMINAL
from vault.services.people import rescue
from vault.services.webhooks import deliveries as webhook_deliveries
from vault.services.webhooks import webhooks
from vault.services.webhooks.webhooks import WebhookRow

_EVENTS = click.Choice([event.value for event in SUBSCRIBABLE])


@click.group(help="Webhooks: list them, add one, test it, see what was sent, switch it off and on, renew its secret.")
def webhook() -> None:
    pass


@webhook.command("list", help="The webhooks of a seller account, given by its name or id.")
@click.argument("account")
def list_(account: str) -> None:
    table = Table("Host", "State", "Events", "Waiting", "Given up", "Answers for it")
    table.add_column("Id", no_wrap=True)
    with opened_vault() as vault:
        account_id = account_named(vault, account).id
        for row in webhooks.list_webhooks(vault, rescue.everywhere(vault, TERMINAL), account_id):
            hook, events = row.webhook, ", ".join(row.webhook.events)
            counts = (str(row.waiting), str(row.given_up))
            table.add_row(plain(hook.host), _state(row), events, *counts, plain(row.responsible), hook.id)
    Console().print(table)


@webhook.command(help="Add a webhook. Its address is asked for, or read from standard input; its secret is shown once.")
@click.argument("account")
@click.option("--event", "events", multiple=True, type=_EVENTS, help="What to send; without it, everything.")
def add(account: str, events: tuple[str, ...]) -> None:
    url = click.prompt("Address") if sys.stdin.isatty() else sys.stdin.readline().strip()
    wanted = events or [event.value for event in SUBSCRIBABLE]
    with opened_vault() as vault, problems_named():
        actor = rescue.everywhere(vault, TERMINAL)
        made, secret = webhooks.create(vault, actor, account_named(vault, account).id, url, wanted)
    click.echo(f"Webhook {made.id} sends to {made.host}.", err=True)
    _show(secret)


@webhook.command("test", help="Send an event that tells of nothing. `deliveries` shows what came of it.")
@click.argument("webhook_id")
def test_(webhook_id: str) -> None:
    with opened_vault() as vault, problems_named():
        account_id = account_of(vault, Webhook, webhook_id)
        webhooks.ping(vault, rescue.everywhere(vault, TERMINAL), account_id, webhook_id)
        webhook_deliveries.send_due(vault)
    click.echo("A test is on its way, once a worker runs.")


@webhook.command(help="What was sent, the newest first.")
@click.argument("webhook_id")
@click.option("--at", help="Where the page before ended.")
def deliveries(webhook_id: str, at: str | None) -> None:
    table = Table("When", "Event", "State", "Tries", "Last outcome", "Next try")
    table.add_column("Id", no_wrap=True)
    with opened_vault() as vault:
        account_id = account_of(vault, Webhook, webhook_id)
        page = webhooks.list_deliveries(vault, rescue.everywhere(vault, TERMINAL), account_id, webhook_id, at)
    for each in page.rows:
        next_try = f"{each.next_try_at:%Y-%m-%d %H:%M}" if each.next_try_at else ""
        when = f"{each.created_at:%Y-%m-%d %H:%M}"
        table.add_row(when, each.event, each.state, str(len(each.tries)), _outcome(each), next_try, each.id)
    Console().print(table)
    if page.next:
        click.echo(f"More: add --at {page.next}")


@webhook.command(help="Send nothing any more. What happens meanwhile is not sent later either.")
@click.argument("webhook_id")
def off(webhook_id: str) -> None:
    _switch(webhook_id, is_paused=True)
    click.echo("Switched off.")


@webhook.command(help="Let a webhook go on, in the name of the terminal.")
@click.argument("webhook_id")
def on(webhook_id: str) -> None:
    _switch(webhook_id, is_paused=False)
    click.echo("It goes on from now.")


@webhook.command(help="Make a new secret, shown once. The old one signs beside it for a day.")
@click.argument("webhook_id")
@click.option("--at-once", is_flag=True, help="Stop using the old one now: somebody knows it.")
def secret(webhook_id: str, at_once: bool) -> None:
    with opened_vault() as vault:
        actor, account_id = rescue.everywhere(vault, TERMINAL), account_of(vault, Webhook, webhook_id)
        _show(webhooks.renew_secret(vault, actor, account_id, webhook_id, at_once=at_once))


def _switch(webhook_id: str, *, is_paused: bool) -> None:
    with opened_vault() as vault:
        actor, account_id = rescue.everywhere(vault, TERMINAL), account_of(vault, Webhook, webhook_id)
        webhooks.set_paused(vault, actor, account_id, webhook_id, is_paused)


def _show(secret: str) -> None:
    """On standard output alone, so that it can be piped to where it is kept."""
    click.echo("Its secret, shown only now:", err=True)
    click.echo(secret)


def _state(row: WebhookRow) -> str:
    if not row.is_answered_for:
        return "stopped: who answers for it may not any more"
    return "off" if row.webhook.paused_at else "on"


def _outcome(delivery: WebhookDelivery) -> str:
    if not delivery.tries:
        return ""
    last = delivery.tries[-1]
    return str(last["status"] or last["problem"])
