"""Net, tax and total: by their labels and by arithmetic.

An amount gets a score for each part it can play, from the label that speaks for it. Then sums decide: the total that
is the sum of a net amount and taxes, or what was paid less the change, wins over one that merely has a good label.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, pairwise

from vault.domain.readings import Extracted
from vault.reading.understand.amounts import Amount
from vault.reading.understand.labels import AMOUNT_LABELS, DATE_LABELS, Label
from vault.reading.understand.marks import Marked
from vault.reading.understand.paper import Paper

_CENT = Decimal("0.011")
_ROUNDED = Decimal("0.051")
_TOTAL_WORTH = {
    Label.GRAND_TOTAL: 1.0,
    Label.TOTAL: 0.8,
    Label.DUE: 0.62,
    Label.SUBTOTAL: 0.25,
    Label.PAID: 0.3,
    Label.NET: 0.25,
}
_NET_WORTH = {Label.NET: 1.0, Label.SUBTOTAL: 0.8, Label.TOTAL: 0.2}
_MOST_CANDIDATES = 14
_MOST_TAXES = 6
_HIGHEST_RATE = Decimal("0.30")


@dataclass(frozen=True, slots=True)
class _Labelled:
    """An amount with the label that speaks for it and how strongly."""

    amount: Amount
    label: Label | None
    strength: float
    page: int

    @property
    def value(self) -> Decimal:
        return self.amount.value


@dataclass(frozen=True, slots=True)
class Totals:
    net: Extracted[Decimal] | None = None
    tax: Extracted[Decimal] | None = None
    total: Extracted[Decimal] | None = None


def find_totals(paper: Paper) -> Totals:
    """The three sums of a paper, each None where it is not printed or cannot be told."""
    labelled = [
        each for page, found in enumerate(zip(paper.pages, paper.amounts, strict=True)) for each in _label(page, *found)
    ]
    if not labelled:
        return Totals()
    nets = _best(labelled, _NET_WORTH)
    taxes = [each for each in labelled if each.label is Label.TAX]
    scored = [
        (each, *_score(each, labelled, nets, taxes, len(paper.pages)))
        for each in labelled
        if each.label in _TOTAL_WORTH
    ]
    if not scored:
        return _unlabelled(labelled)
    best, score, proof = max(scored, key=lambda item: item[1])
    total = best.amount.extract(best.value, min(0.98, 0.25 + 0.5 * score))
    if proof is None:
        proof = _alone(best, nets, taxes)
    net, tax = proof
    return Totals(net, tax, total)


def _label(page: int, marked: Marked, amounts: Sequence[Amount]) -> list[_Labelled]:
    """Money amounts with their labels. Among several amounts behind one label the last one is the sum."""
    found = []
    wanted = AMOUNT_LABELS | DATE_LABELS
    for amount in amounts:
        if amount.percent or not (amount.is_money or amount.decimals >= 1):
            continue
        claim = marked.beside(amount, wanted)
        if claim is None and not _has_words_before(amount):
            claim = marked.above(amount, AMOUNT_LABELS)
        if claim is not None and claim.label in AMOUNT_LABELS:
            strength = claim.strength * (0.75 if claim.above else 1.0) * (1.0 if claim.mark.exact else 0.95)
            found.append(_Labelled(amount, claim.label, strength, page))
        else:
            found.append(_Labelled(amount, None, 0.3, page))
    return found


def _has_words_before(amount: Amount) -> bool:
    """Words to the left make the amount part of a line item and not of a column of sums."""
    return any(letter.isalpha() for letter in amount.row.text[: amount.start].replace("RM", ""))


def _best(labelled: Iterable[_Labelled], worth: dict[Label, float]) -> list[_Labelled]:
    suited = [each for each in labelled if each.label in worth]
    return sorted(suited, key=lambda each: -worth[each.label or Label.TOTAL] * each.strength)[:_MOST_CANDIDATES]


_Proof = tuple[Extracted[Decimal] | None, Extracted[Decimal] | None]


def _score(
    each: _Labelled, labelled: Sequence[_Labelled], nets: Sequence[_Labelled], taxes: Sequence[_Labelled], pages: int
) -> tuple[float, _Proof | None]:
    """How likely an amount is the total, and the net and tax that prove it."""
    score = _TOTAL_WORTH[each.label or Label.TOTAL] * each.strength
    proof = _proof(each, nets, taxes)
    if proof is not None:
        score += 0.45
    if _settled_in_cash(each, labelled):
        score += 0.35
    if proof is None and _adds_up_elsewhere(each, labelled):
        score += 0.22
    same = sum(1 for other in labelled if other.value == each.value and other.amount is not each.amount)
    score += 0.08 * min(same, 3)
    largest = max(abs(other.value) for other in labelled)
    if abs(each.value) == largest:
        score += 0.12
    if each.value == 0:
        score -= 0.6
    if each.value < 0 and sum(1 for other in labelled if other.value < 0) * 2 < len(labelled):
        score -= 0.5
    score += 0.1 * (each.page + each.amount.box.y0) / max(pages, 1)
    return score, proof


def _proof(total: _Labelled, nets: Sequence[_Labelled], taxes: Sequence[_Labelled]) -> _Proof | None:
    """A net amount and one tax, or all distinct taxes together, that add up to the total."""
    for net in nets:
        rest = total.value - net.value
        if net.amount is total.amount or net.value == 0 or not _plausible(rest, net.value):
            continue
        for tax in taxes:
            if abs(tax.value - rest) <= _CENT and tax.value != 0:
                return net.amount.extract(net.value, 0.95), tax.amount.extract(tax.value, 0.95)
        parts = _parts(rest, [tax for tax in taxes if tax.value != net.value])
        if parts:
            return net.amount.extract(net.value, 0.92), parts[-1].amount.extract(rest, 0.85)
    return None


def _parts(rest: Decimal, taxes: Sequence[_Labelled]) -> tuple[_Labelled, ...]:
    """All distinct taxes, or the most of them, that make up `rest`: of several rates one sum may be misread."""
    distinct = list({tax.value: tax for tax in taxes}.values())[-_MOST_TAXES:]
    sizes = range(len(distinct), 1, -1)
    found = (parts for size in sizes for parts in combinations(distinct, size))
    return next((parts for parts in found if abs(sum(tax.value for tax in parts) - rest) <= _CENT), ())


def _plausible(tax: Decimal, net: Decimal) -> bool:
    return tax != 0 and net != 0 and 0 < tax / net <= _HIGHEST_RATE


def _alone(total: _Labelled, nets: Sequence[_Labelled], taxes: Sequence[_Labelled]) -> _Proof:
    """Net and tax by their labels only."""
    net = next(
        (each for each in nets if each.label is not Label.TOTAL and 0 < abs(each.value) <= abs(total.value)), None
    )
    tax = (
        next(
            (each for each in reversed(taxes) if each.value == 0 or _plausible(each.value, total.value - each.value)),
            None,
        )
        if total.value
        else None
    )
    return (
        net.amount.extract(net.value, 0.4 + 0.3 * net.strength) if net else None,
        tax.amount.extract(tax.value, 0.35 + 0.3 * tax.strength) if tax else None,
    )


def _settled_in_cash(each: _Labelled, labelled: Sequence[_Labelled]) -> bool:
    """What was handed over less the change is the total."""
    paid = [other.value for other in labelled if other.label is Label.PAID]
    change = [other.value for other in labelled if other.label is Label.CHANGE] or [Decimal(0)]
    return any(abs(given - back - each.value) <= Decimal("0.001") for given in paid for back in change)


def _adds_up_elsewhere(each: _Labelled, labelled: Sequence[_Labelled]) -> bool:
    """The items above make the amount, or a net amount and its tax beside it in some summary do."""
    page = [other for other in labelled if other.page == each.page and other.amount.row is not each.amount.row]
    last = {other.amount.row.index: other for other in page if other.amount.box.y1 < each.amount.box.y1}
    items = [other.value for other in last.values() if other.label is None]
    if len(items) > 1 and abs(sum(items) - each.value) <= _CENT:
        return True
    pairs = pairwise(sorted(page, key=lambda other: (other.amount.row.index, other.amount.start)))
    return any(
        one.amount.row is two.amount.row
        and abs(one.value + two.value - each.value) <= _CENT
        and _plausible(two.value, one.value)
        for one, two in pairs
    )


def _unlabelled(labelled: Sequence[_Labelled]) -> Totals:
    """Without any label the largest amount of the last page with amounts is a guess worth little."""
    money = [each for each in labelled if each.amount.is_money and each.label is None]
    if not money:
        return Totals()
    best = max(money, key=lambda each: (each.value, each.page))
    return Totals(total=best.amount.extract(best.value, 0.3))
