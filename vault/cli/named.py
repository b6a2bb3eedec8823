"""What commands name on the command line, and problems named one by one."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from sqlalchemy import or_, select

from vault.db.entities.accounts import SellerAccount
from vault.db.entities.audits import Audit
from vault.domain.errors import Invalid, NotFound
from vault.domain.message import N_
from vault.services.vault import Vault


def account_named(vault: Vault, name: str) -> SellerAccount:
    """The seller account of this exact name or id. Raises NotFound."""
    wanted = select(SellerAccount).where(or_(SellerAccount.id == name, SellerAccount.name == name)).limit(2)
    with vault.database.reading() as session:
        found = session.scalars(wanted).all()
    if len(found) != 1:
        raise NotFound(N_("There is no single seller account “%(name)s”. Use its exact name or its id."), name=name)
    return found[0]


def audit_named(vault: Vault, name: str) -> Audit:
    """The audit with this id or case number. Raises NotFound where it is not exactly one."""
    wanted = select(Audit).where(or_(Audit.id == name, Audit.case_id == name)).limit(2)
    with vault.database.reading() as session:
        found = session.scalars(wanted).all()
    if not name or len(found) != 1:
        raise NotFound(N_("There is no single audit “%(name)s”. Use its id or its exact case number."), name=name)
    return found[0]


def account_of(vault: Vault, entity: type[Any], id_: str) -> str:
    """The seller account that the row with this id belongs to. Raises NotFound."""
    with vault.database.reading() as session:
        found = session.get(entity, id_)
    if found is None:
        raise NotFound()
    return str(found.account_id)


@contextmanager
def problems_named() -> Iterator[None]:
    """What is wrong with each value, instead of only that something is."""
    try:
        yield
    except Invalid as error:
        said = " ".join(str(message) for message in error.problems.values())
        raise click.ClickException(said or str(error)) from None
