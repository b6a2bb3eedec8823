"""A rule book of one's own: its words are those of the product, or it is refused by name."""

from dataclasses import replace
from datetime import date

import pytest

from vault.checks.judge import judge
from vault.checks.registry import SECURITY_CHECKS
from vault.checks.security.facts import Attested, SecurityFacts
from vault.domain.errors import Misconfigured
from vault.rules.book import Profile
from vault.rules.loader import load_rules

FACTS = SecurityFacts(today=date(2026, 10, 31), alerts=Attested(date(2026, 10, 1)))


def with_words(check: str, **words: tuple[str, ...]) -> Profile:
    profile = load_rules().profiles["security"]
    rule = next(rule for rule in profile.rules if rule.check == check)
    return replace(profile, rules=(replace(rule, settings={**rule.settings, **words}),))


@pytest.mark.parametrize(("check", "name"), [("security.alerts", "kinds"), ("security.papers", "needed")])
def test_a_word_that_does_not_exist_is_named(check: str, name: str) -> None:
    with pytest.raises(Misconfigured, match=f"horoscope.*{name} of {check}"):
        judge(FACTS, with_words(check, **{name: ("horoscope",)}), SECURITY_CHECKS)


def test_fewer_words_ask_for_less() -> None:
    assert len(judge(FACTS, with_words("security.alerts", kinds=("sign_ins",)), SECURITY_CHECKS)) == 2
    assert judge(FACTS, with_words("security.papers", needed=()), SECURITY_CHECKS) == ()
