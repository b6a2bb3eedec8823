"""Very many seller accounts with open tasks, routines, security duties and a past: for the dashboard."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any

from sqlalchemy import Engine, insert, text

from tests.bench.many_documents import NOON, TODAY, ManyDocuments
from vault.db.entities.accounts import CatalogueProduct, SellerAccount
from vault.db.entities.audits import Audit
from vault.db.entities.figures import DailyFigures
from vault.db.entities.reports import Report
from vault.db.entities.routines import Attestation, Routine, RoutinePlan
from vault.db.entities.sales import CoverageStanding, ProductCoverage
from vault.db.entities.security import ControlAttestation, ControlState
from vault.db.entities.work import Task
from vault.domain.ids import new_id

_AREAS = ("account", "link", "security", "emergency", "routine", "further_account")
_SEVERITIES = {"critical": 2, "high": 15, "normal": 60, "low": 23}
_CADENCES = ("weekly 1234567", "weekly 12345", "weekly 1", "monthly 1 1", "monthly 1 15", "monthly 3 28")
_DAYS = 90
# Accounts with an audit to answer; products of each account whose coverage is known.
_AUDITS, _COVERED = 40, 200


class ManyAccounts:
    """`accounts` seller accounts beside those of `documents`, and as many open tasks as make `tasks` with theirs."""

    def __init__(self, documents: ManyDocuments, accounts: int, tasks: int, seed: int = 3) -> None:
        self._dice = random.Random(seed)
        self._documents, self._tasks = documents, tasks
        self.own = [new_id() for _ in range(accounts - len(documents.account_ids))]
        self.account_ids = (*documents.account_ids, *self.own)

    def fill(self, engine: Engine) -> None:
        """Writes everything beside the documents, which are there."""
        with engine.begin() as connection:
            connection.execute(insert(SellerAccount), [self._account(id_) for id_ in self.own])
            connection.execute(
                insert(CatalogueProduct), [self._product(number) for number in range(len(self.own) * 10)]
            )
            there = connection.scalar(text("SELECT count(*) FROM tasks WHERE state = 'open'")) or 0
            surplus = text(
                "UPDATE tasks SET state = 'done' WHERE id IN (SELECT id FROM tasks WHERE state = 'open' LIMIT :most)"
            )
            connection.execute(surplus, {"most": max(0, there - self._tasks // 2)})
            missing = self._tasks - min(there, self._tasks // 2)
            connection.execute(insert(Task), [self._task(number) for number in range(missing)])
            routines = [self._routine(account_id) for account_id in self.account_ids for _ in _CADENCES]
            connection.execute(insert(Routine), routines)
            plans = [self._plan(number, each["id"]) for number, each in enumerate(routines)]
            connection.execute(insert(RoutinePlan), plans)
            connection.execute(
                insert(Attestation), [row for each in routines for row in self._attestations(each["id"])]
            )
            connection.execute(insert(ControlState), [self._controls(id_) for id_ in self.account_ids])
            connection.execute(
                insert(ControlAttestation), [row for id_ in self.account_ids for row in self._papers(id_)]
            )
            connection.execute(insert(DailyFigures), list(self._past()))
            connection.execute(insert(Audit), [self._audit(id_) for id_ in self.account_ids[:_AUDITS]])
            connection.execute(insert(Report), [row for id_ in self.account_ids for row in self._reports(id_)])
            covered = [row for id_ in self.account_ids for row in self._coverage(id_)]
            connection.execute(insert(ProductCoverage), covered)
            connection.execute(insert(CoverageStanding), [self._standing(id_) for id_ in self.account_ids])
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE" if engine.dialect.name == "postgresql" else "ANALYZE"))

    def _account(self, id_: str) -> dict[str, Any]:
        return {"id": id_, "name": f"Shop {id_[-4:]}", "legal_name": "Bench", "marketplaces": [], "created_at": NOON}

    def _product(self, number: int) -> dict[str, Any]:
        return {
            "id": new_id(), "account_id": self.own[number // 10], "asin": f"C{number:09}", "title": f"Thing {number}",
            "created_at": NOON, "updated_at": NOON,
        }  # fmt: skip

    def _task(self, number: int) -> dict[str, Any]:
        area, account_id = self._dice.choice(_AREAS), self._dice.choice(self.account_ids)
        other = self._dice.choice(self.account_ids) if area == "link" else None
        return {
            "id": new_id(), "account_id": account_id, "subject_type": area, "subject_id": f"s{number}",
            "check_id": f"{area}.check", "item": "", "outcome": "fail", "other_account_id": other,
            "severity": self._dice.choices(list(_SEVERITIES), list(_SEVERITIES.values()))[0],
            "title": {"text": "Something is missing", "params": {}}, "advice": {}, "finding": {}, "state": "open",
            "due_on": TODAY + timedelta(days=self._dice.randrange(-10, 40)), "opened_at": NOON,
        }  # fmt: skip

    def _routine(self, account_id: str) -> dict[str, Any]:
        return {
            "id": new_id(), "account_id": account_id, "title": "Look at the account", "minutes": 3, "state": "active",
            "created_at": NOON, "created_by": "bench",
        }  # fmt: skip

    def _plan(self, number: int, routine_id: str) -> dict[str, Any]:
        begins = TODAY - timedelta(days=_DAYS)
        return {
            "id": new_id(), "routine_id": routine_id, "cadence": _CADENCES[number % len(_CADENCES)], "begins_on": begins,
            "ends_on": None,
        }  # fmt: skip

    def _attestations(self, routine_id: str) -> Iterator[dict[str, Any]]:
        for ago in range(0, 28, 4):
            day = TODAY - timedelta(days=ago)
            yield {
                "id": new_id(), "routine_id": routine_id, "due_on": day, "outcome": "done", "person_id": "bench",
                "said_at": NOON - timedelta(days=ago), "said_on": day,
            }  # fmt: skip

    def _controls(self, account_id: str) -> dict[str, Any]:
        return {"account_id": account_id, "passed": self._dice.randrange(20), "warned": 2, "failed": 1, "unknown": 3}

    def _papers(self, account_id: str) -> Iterator[dict[str, Any]]:
        for number in range(4):
            expires_on = (TODAY + timedelta(days=self._dice.randrange(-100, 900))).isoformat()
            yield {
                "id": new_id(), "account_id": account_id, "control": "paper", "about": f"p{number}", "done_on": TODAY,
                "details": {"kind": "identity", "holder": "Ada", "expires_on": expires_on}, "attested_by": "bench",
                "attested_at": NOON,
            }  # fmt: skip

    def _audit(self, account_id: str) -> dict[str, Any]:
        return {
            "id": new_id(), "account_id": account_id, "kind": "authenticity", "state": "gathering", "asked_for": [],
            "deadline": NOON + timedelta(hours=self._dice.randrange(-20, 300)), "created_at": NOON, "created_by": "bench",
        }  # fmt: skip

    def _reports(self, account_id: str) -> Iterator[dict[str, Any]]:
        """Of the last twelve months, in full length; every fourth is signed."""
        figures = {"rows": ["Something that stands in a report"] * 500}
        for ago in range(1, 13):
            month = date(TODAY.year - (TODAY.month <= ago), (TODAY.month - ago - 1) % 12 + 1, 1)
            yield {
                "id": new_id(), "account_id": account_id, "month": month, "revision": 1, "figures": figures,
                "digest": "0" * 64, "rules_version": "bench", "made_at": NOON, "made_by": "bench",
                "signed_at": NOON if self._dice.randrange(4) == 0 else None,
            }  # fmt: skip

    def _coverage(self, account_id: str) -> Iterator[dict[str, Any]]:
        for number in range(_COVERED):
            sold, bought = self._dice.randrange(1, 90), self._dice.randrange(90)
            lapsing = number % 5 == 0
            yield {
                "account_id": account_id, "asin": f"C{number:09}", "title": f"Thing {number}", "rank": number,
                "state": "lapsing" if lapsing else "covered" if bought >= sold else "short", "sold": sold,
                "bought": bought, "difference": bought - sold,
                "lapses_on": TODAY + timedelta(days=self._dice.randrange(1, 31)) if lapsing else None,
            }  # fmt: skip

    def _standing(self, account_id: str) -> dict[str, Any]:
        return {"account_id": account_id, "counts": {"lapsing": _COVERED // 5, "covered": 100, "short": 60}}

    def _past(self) -> Iterator[dict[str, Any]]:
        """Day after day, as the figures are counted."""
        parts = {"invoices": [3, 10], "security": [12, 20], "routines": [5, 6], "gaps": [4, 4]}
        for ago, account_id in product(reversed(range(_DAYS)), self.account_ids):
            yield {
                "account_id": account_id, "day": TODAY - timedelta(days=ago), "readiness": self._dice.randrange(40, 90),
                "parts": parts, "critical": self._dice.randrange(3), "high": self._dice.randrange(9), "normal": 20,
                "low": 9, "overdue": self._dice.randrange(6), "written_at": NOON,
            }  # fmt: skip
