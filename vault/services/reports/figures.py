"""The figures of a report: one plain dict, from which every format and every comparison is made.

::

    {
        "version": 1,
        "account_id": …, "month": "2026-10", "time_zone": …,
        "happened": …,    # rows with a date, see `happened`: late data changes them
        "standing": …,    # how it stood when it was taken, see `standing`; "is_complete": the month was over by then
        "no_source": […], # sections that nothing in the vault can fill yet
        "made": …         # what has no part in the digest: when, names, the journal's head, other months, `across`
    }

`across` are links with other seller accounts of the vault; `published` keeps those that the reader may know of. They
have no part in the digest, so that it tells nobody of them.
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from vault.db.entities.accounts import SellerAccount
from vault.domain.errors import Misconfigured, NotFound, Unavailable
from vault.journal.reader import read_head
from vault.services.coverage.rules import warn_days
from vault.services.days import today
from vault.services.reports.happened import audits_named, happened
from vault.services.reports.months import last_day, next_month, written
from vault.services.reports.standing import links_across, standing
from vault.services.vault import Vault

VERSION = 1
# What Amazon measures of the account (order defects, late shipments, account health): no import brings it yet.
NO_SOURCE = ("performance",)
_NOT_IN_DIGEST = "made"

Figures = dict[str, Any]


def probe_locks(vault: Vault) -> str:
    """Whether the store showed that it keeps what it promises: ``kept``, or ``not_shown``."""
    try:
        vault.store.probe()
    except (Misconfigured, Unavailable):
        return "not_shown"
    return "kept"


def gather(vault: Vault, account_id: str, month: date) -> Figures:
    """The figures of `month` (its first day), as they are now. Raises NotFound."""
    day, locks = today(vault), probe_locks(vault)
    with vault.database.reading() as session:
        account = session.get(SellerAccount, account_id)
        if account is None:
            raise NotFound()
        head = read_head(session.connection())  # first: what comes in meanwhile is counted, and looked for once more
        return {
            "version": VERSION,
            "account_id": account_id,
            "month": written(month),
            "time_zone": vault.settings.time_zone,
            "happened": happened(session, vault, account_id, month, min(day, last_day(month))),
            "standing": {
                **standing(session, vault, account_id),
                "locks": locks,
                "is_complete": day >= next_month(month),
            },
            "no_source": list(NO_SOURCE),
            _NOT_IN_DIGEST: {
                "as_of": day.isoformat(),
                "account": account.name,
                "head": head.hash,
                "seq": head.seq,
                "audits": audits_named(session, account_id),
                "warn_days": warn_days(vault.rules),
                "across": links_across(session, account_id),
            },
        }


def carried(figures: Figures, earlier: Mapping[str, Any], *, with_invoices: bool) -> Figures:
    """With the standing of the revision before, where the month was over by then: nobody can tell later how things stood.

    `with_invoices`: with what that one said of invoices, too, since nothing has come in that they follow from.
    """
    if not earlier["standing"]["is_complete"]:
        return figures
    found = figures[_NOT_IN_DIGEST]
    made = {**found, **earlier[_NOT_IN_DIGEST], **{name: found[name] for name in ("head", "seq", "audits")}}
    happened_then = {**figures["happened"], "invoices": earlier["happened"]["invoices"]}
    return {
        **figures,
        "happened": happened_then if with_invoices else figures["happened"],
        "standing": earlier["standing"],
        _NOT_IN_DIGEST: made,
    }


def digest_of(figures: Mapping[str, Any]) -> str:
    """SHA-256 over everything but `made`, as canonical JSON: equal digests, the report says the same."""
    said = {name: value for name, value in figures.items() if name != _NOT_IN_DIGEST}
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def published(figures: Mapping[str, Any], account_ids: Collection[str]) -> Figures:
    """What somebody who sees these seller accounts may read."""
    made = dict(figures[_NOT_IN_DIGEST])
    made["across"] = [row for row in made["across"] if row["account_id"] in account_ids]
    return {**figures, _NOT_IN_DIGEST: made}
