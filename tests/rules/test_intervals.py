"""Intervals that an account may keep differently: only where the rule book gives bounds, and never beyond them."""

from vault.checks.registry import SECURITY_CHECKS
from vault.rules.book import Profile
from vault.rules.emergency import STEPS, step_named
from vault.rules.intervals import adjusted, intervals
from vault.rules.loader import load_rules

PASSWORD = "security.password"


def profile() -> Profile:
    return load_rules().profiles["security"]


def days_of(judged: Profile) -> tuple[int, int]:
    rule = next(rule for rule in judged.rules if rule.check == PASSWORD)
    return rule.number("reminder_days"), rule.number("overdue_days")


def test_the_rule_book_of_the_product_keeps_its_own_bounds() -> None:
    found = intervals(profile(), {})
    assert all(each.least <= each.default == each.days <= each.most for each in found)
    by_name = {(each.check, each.setting): each for each in found}
    for each in found:
        if each.setting == "overdue_days":
            assert by_name[each.check, "reminder_days"].default < each.default
    assert {rule.check for rule in profile().rules} == set(SECURITY_CHECKS)


def test_passwords_are_renewed_every_three_to_six_months() -> None:
    assert days_of(profile()) == (90, 180)


def test_a_chosen_number_takes_the_place_of_the_default() -> None:
    chosen = {(PASSWORD, "reminder_days"): 60}
    assert days_of(adjusted(profile(), chosen)) == (60, 180)
    assert adjusted(profile(), {}) == profile()


def test_a_number_beyond_bounds_that_became_narrower_counts_as_the_bound() -> None:
    chosen = {(PASSWORD, "reminder_days"): 1, (PASSWORD, "overdue_days"): 9999}
    assert days_of(adjusted(profile(), chosen)) == (30, 184)


def test_what_has_no_bounds_cannot_be_chosen() -> None:
    chosen = {("security.alerts", "kinds"): 3, ("security.emergency", "steps"): 1, (PASSWORD, "reminder_days_max"): 999}
    assert adjusted(profile(), chosen) == profile()


def test_every_step_of_the_routine_has_its_words_and_an_operators_own_is_shown_as_it_is() -> None:
    asked = next(rule.words("steps") for rule in profile().rules if rule.check == "security.emergency")
    assert set(asked) == set(STEPS)
    assert all(step.title and step.why and step.how for step in STEPS.values())
    assert step_named("Ring the accountant").title == "Ring the accountant"
