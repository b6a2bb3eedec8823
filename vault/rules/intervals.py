"""Intervals that a seller account may keep differently, within the bounds of the rule book.

A number of a check is editable where the rule book gives ``<name>_min`` and ``<name>_max`` beside it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from vault.rules.book import CheckRule, Profile

# (check, setting) -> days
Chosen = Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Interval:
    """`days` as they are in force; `default` those of the rule book; both bounds are allowed themselves."""

    check: str
    setting: str
    days: int
    default: int
    least: int
    most: int


def intervals(profile: Profile, chosen: Chosen) -> tuple[Interval, ...]:
    """Every editable number of the profile, in its order."""
    return tuple(interval for rule in profile.rules for interval in _intervals_of(rule, chosen))


def adjusted(profile: Profile, chosen: Chosen) -> Profile:
    """The profile with the chosen numbers in place of its own; one beyond the bounds counts as the nearest bound."""
    return replace(profile, rules=tuple(_adjusted(rule, chosen) for rule in profile.rules))


def _adjusted(rule: CheckRule, chosen: Chosen) -> CheckRule:
    own = {interval.setting: interval.days for interval in _intervals_of(rule, chosen)}
    return replace(rule, settings={**rule.settings, **own}) if own else rule


def _intervals_of(rule: CheckRule, chosen: Chosen) -> Iterator[Interval]:
    for setting in rule.settings:
        if f"{setting}_min" in rule.settings and f"{setting}_max" in rule.settings:
            default, least, most = (rule.number(setting + end) for end in ("", "_min", "_max"))
            days = min(max(chosen.get((rule.check, setting), default), least), most)
            yield Interval(rule.check, setting, days, default, least, most)
