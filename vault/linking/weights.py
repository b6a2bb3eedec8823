"""What each shared thing weighs, as the rule book says."""

from collections.abc import Mapping
from dataclasses import dataclass

from vault.domain.links import ExplanationKind, How, LinkKind, Risk
from vault.rules.book import CheckRule, Profile

# The check of a profile about links whose settings are the weights.
SHARED = "link.shared"


@dataclass(frozen=True, slots=True)
class Weights:
    """All figures are whole percentages.

    `kinds`: the weight of an equal value; `ways` what is left of it when it is shared in another `How`. `ended` is what
    is left when one of the two has given it up, `repeat` for each further value of a kind. `reasons` and `papers`:
    what an explanation leaves, without and with a document. `warn` and `fail` are scores. `alike`: from which likeness
    two names or streets count as similar. Fewer than `products` shared products are chance. `free_mail`: domains whose
    addresses have nothing in common.
    """

    kinds: Mapping[LinkKind, int]
    ways: Mapping[How, int]
    ended: int
    repeat: int
    reasons: Mapping[ExplanationKind, int]
    papers: Mapping[ExplanationKind, int]
    warn: int
    fail: int
    alike: int
    products: int
    free_mail: frozenset[str]

    def of(self, kind: LinkKind, how: How, ended: bool = False) -> int:
        """What one value of `kind` weighs that is shared in the way `how`, or was."""
        weight = percent(self.kinds[kind], self.ways.get(how, 100))
        return percent(weight, self.ended) if ended else weight

    def risk(self, score: int) -> Risk:
        """What a score means."""
        if score >= self.fail:
            return Risk.FAIL
        if score >= self.warn:
            return Risk.WARN
        return Risk.LOW if score else Risk.NONE


def percent(weight: int, share: int) -> int:
    """`share` percent of `weight`, rounded half up."""
    return (weight * min(share, 100) + 50) // 100


def weights_of(profile: Profile) -> Weights:
    """The weights in a profile about links. Raises KeyError for one that it does not give."""
    rule = next(rule for rule in profile.rules if rule.check == SHARED)
    return _weights(rule)


def _weights(rule: CheckRule) -> Weights:
    return Weights(
        kinds={kind: rule.number(kind) for kind in LinkKind},
        ways={how: rule.number(f"{how}_percent") for how in How if how not in (How.SAME, How.SHARE)},
        ended=rule.number("ended_percent"),
        repeat=rule.number("repeat_percent"),
        reasons={kind: rule.number(f"{kind}_reason_percent") for kind in ExplanationKind},
        papers={kind: rule.number(f"{kind}_document_percent") for kind in ExplanationKind},
        warn=rule.number("warn_score"),
        fail=rule.number("fail_score"),
        alike=rule.number("min_alike"),
        products=rule.number("min_products"),
        free_mail=frozenset(rule.words("free_mail")),
    )
