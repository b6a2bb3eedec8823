"""Two people at their routines in the same moment, before anybody has judged the day."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

from tests.services.routines.conftest import Team
from vault.domain.cadence import Monthly
from vault.services.routines import attestations

FIRST = date(2026, 11, 2)


def test_both_attestations_count_and_what_is_overdue_is_one_task(team: Team) -> None:
    late, *own = [team.routine(cadence=Monthly(1, 2), title=title) for title in ("Stock", "Returns", "Feedback")]
    team.clock.advance(timedelta(days=8))  # the first of them is overdue, and nobody has judged since
    together = Barrier(2)

    def attest(routine_id: str) -> None:
        together.wait(10)
        attestations.attest(team.vault, team.ada, team.account_id, routine_id, FIRST)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(attest, [each.id for each in own]))
    assert [(task.check_id, task.subject_id) for task in team.tasks().values()] == [("routine.overdue", late.id)]
