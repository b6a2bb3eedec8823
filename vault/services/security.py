"""How well a seller account is protected: its security duties judged, told and counted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.security import ControlState


@dataclass(frozen=True, slots=True)
class Standing:
    """How many findings about an account's security duties have each outcome. `unknown` ones are never `ok`."""

    ok: int = 0
    warn: int = 0
    fail: int = 0
    unknown: int = 0

    @property
    def total(self) -> int:
        return self.ok + self.warn + self.fail + self.unknown


def figures(session: Session, account_ids: Iterable[str]) -> Mapping[str, Standing]:
    """How each of these seller accounts stood when it was last judged; all zero for one that never was."""
    ids = list(account_ids)
    rows = session.scalars(select(ControlState).where(ControlState.account_id.in_(ids)))
    known = {row.account_id: Standing(row.passed, row.warned, row.failed, row.unknown) for row in rows}
    return {account_id: known.get(account_id, Standing()) for account_id in ids}
