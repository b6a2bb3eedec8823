"""`sellervault coverage`: how far invoices cover what was sold, for whoever has the terminal."""

import json
from collections.abc import Iterator, Sequence

import click
from rich.console import Console
from rich.table import Table
from sqlalchemy import select

from vault.cli.named import account_named
from vault.cli.opening import opened_vault
from vault.cli.table import plain
from vault.db.entities.accounts import SellerAccount
from vault.db.entities.sales import CoverageState
from vault.db.queries.coverages import CoverageRow
from vault.db.queries.sales import UnnamedSales
from vault.services.access import TERMINAL
from vault.services.coverage import pages
from vault.services.people import rescue
from vault.services.vault import Vault

_SIGNS = {
    CoverageState.MISSING: "[red]✗ no invoice[/]",
    CoverageState.SHORT: "[red]✗ units missing[/]",
    CoverageState.LAPSING: "[yellow]! lapses soon[/]",
    CoverageState.UNKNOWN: "[magenta]? sales unknown[/]",
    CoverageState.COVERED: "[green]✓ covered[/]",
    CoverageState.UNSOLD: "[dim]– not sold[/]",
}


@click.command(help="Units on invoices against units sold, of every product, the gravest first.")
@click.option("--account", "name", help="Name or id of one seller account; else all of them.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a product and line.")
def coverage(name: str | None, as_json: bool) -> None:
    table = Table("Account", "ASIN", "Product", "Sold", "On invoices", "Difference", "Lapses on", "State", box=None)
    with opened_vault() as vault:
        for account, row in _rows(vault, name):
            if as_json:
                click.echo(json.dumps(_as_json(account, row), ensure_ascii=False))
                continue
            figures = (str(row.sold), str(row.bought), f"{row.difference:+d}", str(row.lapses_on or ""))
            sign = _SIGNS[CoverageState(row.state)]
            table.add_row(plain(account.name), row.asin, plain(row.title[:60]), *figures, sign)
        unnamed = list(_unnamed(vault, name))
    if not as_json:
        Console(highlight=False).print(table)
    for account, sold in unnamed:
        click.echo(
            f"{account.name}: {sold.units} units were sold under {sold.skus} SKUs that the catalogue does not know"
            f" ({', '.join(sold.some[:5])}{' …' if sold.skus > 5 else ''}). Import the all-listings report.",
            err=True,
        )


def _unnamed(vault: Vault, name: str | None) -> Iterator[tuple[SellerAccount, UnnamedSales]]:
    actor = rescue.everywhere(vault, TERMINAL)
    for account in [account_named(vault, name)] if name else _accounts(vault):
        if sold := pages.list_products(vault, actor, account.id).unnamed:
            yield account, sold


def _rows(vault: Vault, name: str | None) -> Iterator[tuple[SellerAccount, CoverageRow]]:
    actor = rescue.everywhere(vault, TERMINAL)
    for account in [account_named(vault, name)] if name else _accounts(vault):
        page = pages.list_products(vault, actor, account.id).page
        yield from ((account, row) for row in page.rows)
        while page.next:
            page = pages.list_products(vault, actor, account.id, token=page.next).page
            yield from ((account, row) for row in page.rows)


def _accounts(vault: Vault) -> Sequence[SellerAccount]:
    with vault.database.reading() as session:
        return session.scalars(select(SellerAccount).order_by(SellerAccount.name, SellerAccount.id)).all()


def _as_json(account: SellerAccount, row: CoverageRow) -> dict[str, object]:
    return {
        "account": account.name,
        "asin": row.asin,
        "title": row.title,
        "state": row.state,
        "sold": row.sold,
        "bought": row.bought,
        "difference": row.difference,
        "lapses_on": row.lapses_on.isoformat() if row.lapses_on else None,
    }
