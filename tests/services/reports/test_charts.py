"""Drawings of a report: to scale, within their bounds, with limits where something becomes bad."""

from datetime import date

from vault.services.reports.charts import WIDTH, columns, days_left

MONTHS = [date(2026, month, 1) for month in (8, 9, 10)]


def test_columns_are_to_scale_and_say_their_numbers() -> None:
    drawn = columns(MONTHS, {"readiness": [50, None, 100]}, 100)
    half, whole = drawn.bars
    assert half.height * 2 == whole.height
    assert half.y + half.height == whole.y + whole.height
    assert [label.value for label in drawn.labels if label.is_small] == [50, 100]
    assert [label.value for label in drawn.labels if isinstance(label.value, date)] == MONTHS


def test_columns_of_several_series_stand_beside_each_other() -> None:
    opened, closed = columns(MONTHS[:1], {"opened": [4], "closed": [3]}).bars
    assert opened.x + opened.width == closed.x
    assert (opened.kind, closed.kind) == ("opened", "closed")


def test_a_stack_is_as_high_as_its_parts_and_says_their_sum() -> None:
    drawn = columns(MONTHS[:1], {"pass": [3], "warn": [0], "fail": [1]}, stacked=True)
    lower, upper = drawn.bars
    assert upper.y + upper.height == lower.y
    assert [label.value for label in drawn.labels if label.is_small] == [4]


def test_a_month_in_which_nothing_was_has_no_column() -> None:
    assert columns(MONTHS, {"opened": [0, 0, 0]}).bars == ()


def test_twelve_months_stay_within_the_drawing() -> None:
    year = [date(2026, month, 1) for month in range(1, 13)]
    drawn = columns(year, {"opened": [999] * 12, "closed": [1000] * 12})
    assert all(bar.x >= 0 and bar.x + bar.width <= WIDTH for bar in drawn.bars)
    assert all(bar.y >= 0 and bar.y + bar.height <= drawn.height for bar in drawn.bars)


def lapsing(asin: str, day: date) -> dict[str, str]:
    return {"asin": asin, "lapses_on": day.isoformat()}


def test_days_left_grow_graver_at_the_days_of_warning() -> None:
    as_of = date(2026, 11, 1)
    days = (7, 8, 30, 31)
    rows = [lapsing(f"B{number}", date.fromordinal(as_of.toordinal() + number)) for number in days]
    drawn = days_left(rows, as_of, [7, 30])
    assert [bar.kind for bar in drawn.bars] == ["fail", "warn", "warn", "pass"]
    limits = [rule.x1 for rule in drawn.rules if rule.is_limit]
    ends = [bar.x + bar.width for bar in drawn.bars]
    assert [ends[0], ends[2]] == limits


def test_days_left_draws_the_first_to_lapse_only() -> None:
    rows = [lapsing(f"B{number}", date(2026, 12, 1)) for number in range(40)]
    assert len(days_left(rows, date(2026, 11, 1), [7, 30]).bars) == 15
