"""What the import of every kind of report shares."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from vault.db.entities.accounts import ReportImport
from vault.reading.amazon.delimited import RowProblem
from vault.reading.amazon.kinds import ReportKind
from vault.services.findings import dump_message
from vault.services.vault import Vault

# Problems kept of one report: a person corrects the first hundreds and imports again.
MOST_PROBLEMS = 1000


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import came to. `is_new` False: exactly this file was imported before, and nothing was done."""

    report: ReportImport
    is_new: bool


def imported_before(vault: Vault, account_id: str, kind: ReportKind, sha256: str) -> ReportImport | None:
    """The import of exactly this file."""
    same = (ReportImport.account_id == account_id, ReportImport.kind == kind, ReportImport.sha256 == sha256)
    with vault.database.reading() as session:
        return session.scalar(select(ReportImport).where(*same))


def dump_problems(problems: Iterable[RowProblem]) -> list[dict[str, object]]:
    """As an import keeps them: the first ones, in the order of the file."""
    return [
        {"line": each.line, "reason": str(each.reason), "message": dump_message(each.reason)}
        for each in sorted(problems, key=lambda problem: problem.line)[:MOST_PROBLEMS]
    ]
