"""What the page of a report and its files show alike: figures, comparisons, drawings and words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from vault.services import words as shared_words
from vault.services.reports import words
from vault.services.reports.around import month_told
from vault.services.reports.charts import WIDTH, Drawing, columns, days_left
from vault.services.reports.comparing import Comparison, LinkChange, compare
from vault.services.reports.months import last_day, read_month
from vault.services.reports.older import filled
from vault.services.reports.reports import OpenReport
from vault.services.reports.signing import Signature
from vault.services.trend import Chart, draw


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A row of the matrix of linked accounts. `before`: the points of the month before, None without a report of it."""

    link: str
    name: str
    score: int
    before: int | None
    shared: frozenset[str]


@dataclass(frozen=True, slots=True)
class Charts:
    """`readiness_days` and `tasks_days`: the days of the month, None where fewer than two were counted."""

    readiness: Drawing
    verdicts: Drawing
    gaps: Drawing
    lapsing: Drawing
    readiness_days: Chart | None
    tasks_days: Chart | None


def view_of(opened: OpenReport, signature: Signature | None) -> dict[str, Any]:
    """The values for ``reports/_body.html``. `signature`: that which is to be shown."""
    report, figures = opened.report, filled(opened.figures)
    changes = compare(opened.before_figures, figures) if opened.before_figures else None
    months = [*figures["made"]["months"], month_told(figures)]
    links = _links(figures, changes)
    return {
        "opened": opened,
        "report": report,
        "signature": signature,
        "happened": figures["happened"],
        "standing": figures["standing"],
        "made": figures["made"],
        "no_source": figures["no_source"],
        "changes": changes,
        "revised": compare(opened.revised_figures, figures) if opened.revised_figures else None,
        "months": [{**each, "first": read_month(each["month"])} for each in months],
        "links": links,
        "link_kinds": sorted({kind for row in links for kind in row.shared}),
        "charts": _charts(figures, months),
        "words": words,
        "say_of": shared_words,
    }


def _charts(figures: Mapping[str, Any], months: Sequence[Mapping[str, Any]]) -> Charts:
    firsts, days = [read_month(each["month"]) for each in months], figures["happened"]["days"]
    month, made = firsts[-1], figures["made"]
    verdicts = {name: [each["verdicts"][name] for each in months] for name in words.VERDICTS}
    gaps = {name: [each[name] for each in months] for name in ("opened", "closed")}
    lapsing, as_of = figures["standing"]["lapsing"]["rows"], date.fromisoformat(made["as_of"])
    has_days = len(days) > 1
    return Charts(
        readiness=columns(firsts, {"readiness": [each["readiness"] for each in months]}, 100),
        verdicts=columns(firsts, verdicts, stacked=True),
        gaps=columns(firsts, gaps),
        lapsing=days_left(lapsing, as_of, made["warn_days"]),
        readiness_days=_over_days(month, days, ("readiness",), 100) if has_days else None,
        tasks_days=_over_days(month, days, ("grave", "overdue"), 0) if has_days else None,
    )


def _over_days(month: date, rows: Sequence[Mapping[str, Any]], names: Sequence[str], top: int) -> Chart:
    days = [(date.fromisoformat(row["day"]), row) for row in rows]
    return draw(month, last_day(month), [[(day, row[name]) for day, row in days] for name in names], top, WIDTH)


def _links(figures: Mapping[str, Any], changes: Comparison | None) -> list[LinkRow]:
    """Every link that the reader may know of, the worst first, and those that are gone since the month before."""
    earlier = {each.link: each.before for each in changes.links} if changes else {}
    rows = [
        LinkRow(row["link"], row["with"], row["score"], _before(row, earlier, changes), frozenset(row["shared"]))
        for row in (*figures["standing"]["links"], *figures["made"]["across"])
    ]
    gone = [_gone(each) for each in changes.links if each.now == 0] if changes else []
    return sorted((*rows, *gone), key=lambda row: (-row.score, -(row.before or 0), row.name))


def _before(row: Mapping[str, Any], earlier: Mapping[str, int], changes: Comparison | None) -> int | None:
    return None if changes is None else earlier.get(row["link"], row["score"])


def _gone(change: LinkChange) -> LinkRow:
    return LinkRow(change.link, change.with_, 0, change.before, frozenset())
