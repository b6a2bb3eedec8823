"""`sellervault notice`: what people are told, and sending what is due, for whoever has the machine's terminal."""

import click
from rich.console import Console
from rich.table import Table

from vault.cli.opening import opened_vault
from vault.cli.table import plain
from vault.domain.errors import Misconfigured
from vault.domain.message import N_, Message
from vault.services.access import TERMINAL
from vault.services.notices import digests, mails, notices, reminders
from vault.services.notices.mail_overview import read_mail_overview, read_outgoing
from vault.services.people import rescue
from vault.services.vault import Vault


@click.group(help="Notifications: list a person's, mark them as read, send the mails that are due.")
def notice() -> None:
    pass


@notice.command("list", help="What the person with this e-mail address was told, the newest first.")
@click.argument("email")
@click.option("--unread", is_flag=True, help="Only what was not read yet.")
@click.option("--at", help="Where the page before ended.")
def list_(email: str, unread: bool, at: str | None) -> None:
    table = Table("When", "Seller account", "Severity", "What", "Read")
    table.add_column("Id", no_wrap=True)
    with opened_vault() as vault:
        page = notices.list_notices(vault, rescue.find_user(vault, email).actor(), unread, at)
    for row in page.rows:
        read = f"{row.read_at:%Y-%m-%d %H:%M}" if row.read_at else "no"
        said = plain(str(Message(**row.title)))
        table.add_row(f"{row.created_at:%Y-%m-%d %H:%M}", plain(row.account or ""), row.severity, said, read, row.id)
    Console().print(table)
    if page.next:
        click.echo(f"More: add --at {page.next}")


@notice.command(help="Mark notifications of a person as read: those with these ids, or all.")
@click.argument("email")
@click.argument("notice_ids", nargs=-1)
@click.option("--all", "everything", is_flag=True)
def read(email: str, notice_ids: tuple[str, ...], everything: bool) -> None:
    if everything == bool(notice_ids):
        raise click.UsageError("Name notifications, or say --all.")
    with opened_vault() as vault:
        actor = rescue.find_user(vault, email).actor()
        if everything:
            notices.mark_all_read(vault, actor)
        for notice_id in notice_ids:
            notices.mark_read(vault, actor, notice_id)
    click.echo("Marked as read.")


@notice.command(help="Write the reminders and mails that are due, and send them. Again: nothing more is sent.")
@click.option("--dry-run", is_flag=True, help="Only show what waits; nothing is written or sent.")
def send(dry_run: bool) -> None:
    with opened_vault() as vault:
        if read_mail_overview(vault, rescue.everywhere(vault, TERMINAL)).server is None:
            raise Misconfigured(N_("No mail server is set up. Set VAULT_SMTP_URL and VAULT_MAIL_FROM."))
        if dry_run:
            _show_outgoing(vault)
            return
        reminders.sweep(vault)
        digests.gather(vault)
        sent = mails.send_due(vault)
    click.echo(f"{sent} mails sent.")


def _show_outgoing(vault: Vault) -> None:
    found = read_outgoing(vault, rescue.everywhere(vault, TERMINAL))
    table = Table("Mail to", "Kind", "Waits since", "Failed before")
    for mail, user in found.mails:
        table.add_row(plain(user.email), mail.kind, f"{mail.created_at:%Y-%m-%d %H:%M}", str(mail.failures))
    Console().print(table)
    for user, mail_by, count in found.notices:
        click.echo(f"{count} notifications for {user.email} are in no mail yet ({mail_by}).")
