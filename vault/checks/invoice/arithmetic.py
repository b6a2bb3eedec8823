"""Do the numbers add up? Source: policy (arithmetic errors are a reason for refusal).

quantity × unit price − discount = line amount; lines + charges − discounts = net (or total, where prices include tax);
net + tax = total; the tax rate is plausible.
"""

from collections.abc import Iterator
from decimal import Decimal

from vault.checks.answer import Answer
from vault.checks.facts import InvoiceFacts
from vault.domain.findings import Finding
from vault.domain.message import N_, Message
from vault.domain.readings import Extracted

CENT = Decimal("0.01")
_ASK = N_("Correct what was misread; if the paper itself is wrong, ask the supplier for a corrected invoice.")
_NO_DISCOUNT = N_("Line %(line)s: %(amount)s is less than %(quantity)s × %(price)s, and no discount was found.")
_PRICE_PAID = N_(
    "If a discount is printed, correct the unit price to what was paid; if not, ask the supplier for a corrected invoice."
)


def check(facts: InvoiceFacts, answer: Answer) -> Iterator[Finding]:
    gaps = [*_lines(facts, answer), *_sum(facts, answer), *_total(facts, answer)]
    if gaps:
        yield from gaps
    elif _was_compared(facts):
        yield answer.passed(Message(N_("The numbers add up.")))
    else:
        yield answer.unknown(
            Message(N_("Too few numbers were found to check the arithmetic.")),
            Message(N_("Enter the amounts that are printed.")),
        )


def _was_compared(facts: InvoiceFacts) -> bool:
    head = facts.reading.fields
    lines = facts.reading.lines
    priced = any(line.quantity and line.unit_price and line.amount for line in lines)
    added = bool(lines) and all(line.amount for line in lines)
    return bool(head.total and (priced or added or (head.net and head.tax)))


def _lines(facts: InvoiceFacts, answer: Answer) -> Iterator[Finding]:
    for position, line in enumerate(facts.reading.lines):
        if not (line.quantity and line.unit_price and line.amount):
            continue
        quantity, price, amount = line.quantity.value, line.unit_price.value, line.amount.value
        if not _line_agrees(quantity, price, amount, line.discount.value if line.discount else Decimal(0)):
            stated = {"line": str(position + 1), "quantity": str(quantity), "price": str(price), "amount": str(amount)}
            item, path = f"line {position + 1}", f"lines.{position}"
            if _may_be_discounted(quantity * price, amount):
                yield answer.unknown(
                    Message(_NO_DISCOUNT, stated),
                    Message(_PRICE_PAID),
                    seen=line.amount,
                    item=item,
                    path=f"{path}.unit_price",
                    why=stated,
                )
            else:
                yield _contradiction(
                    answer,
                    Message(N_("Line %(line)s: %(quantity)s × %(price)s is not %(amount)s."), stated),
                    (line.quantity, line.unit_price, line.amount),
                    item=item,
                    path=f"{path}.amount",
                    why=stated,
                )


def _line_agrees(quantity: Decimal, price: Decimal, amount: Decimal, discount: Decimal) -> bool:
    quantity, price, amount = abs(quantity), abs(price), abs(amount)
    # A unit price may be rounded to the last digit it shows: half of that digit, times the quantity.
    rounding = quantity * Decimal(1).scaleb(int(price.as_tuple().exponent)) / 2
    tolerance = CENT + min(rounding, quantity * CENT / 2)
    # The unit price stands before or after the discount: papers do it either way.
    return any(abs(quantity * price - less - amount) <= tolerance for less in {Decimal(0), discount})


def _may_be_discounted(full: Decimal, amount: Decimal) -> bool:
    """True when `amount` is less by a whole or half percentage, as line discounts are: one may have been missed."""
    full, amount = abs(full), abs(amount)
    if not 0 < amount < full:
        return False
    percent = (1 - amount / full) * 200
    nearest = percent.to_integral_value()
    return nearest <= 120 and abs(percent - nearest) * full / 200 <= CENT


def _sum(facts: InvoiceFacts, answer: Answer) -> Iterator[Finding]:
    head, lines = facts.reading.fields, facts.reading.lines
    amounts = [line.amount for line in lines if line.amount]
    if not lines or len(amounts) < len(lines) or not (head.net or head.total):
        return
    goods = sum((amount.value for amount in amounts), Decimal(0))
    added = goods + sum((item.amount.value for item in facts.reading.adjustments), Decimal(0))
    tolerance = CENT * (len(lines) + 1)
    printed = [seen for seen in (head.net, head.total) if seen]
    # The net amount stands before or after charges and discounts: papers do it either way.
    if any(abs(said - seen.value) <= tolerance for seen in printed for said in (added, goods)):
        return
    stated = {"sum": str(added), "net": str(printed[0].value)}
    # A charge or a line that was not recognised explains a difference as well as a wrong sum does: a person decides.
    yield answer.unknown(
        Message(N_("The lines add up to %(sum)s, the invoice says %(net)s."), stated),
        Message(N_("Look for a charge, a discount or a line that was missed, and correct what was misread.")),
        seen=printed[0],
        item="sum",
        path="net" if head.net else "total",
        why=stated,
    )


def _total(facts: InvoiceFacts, answer: Answer) -> Iterator[Finding]:
    head = facts.reading.fields
    if not (head.net and head.tax and head.total):
        return
    net, tax, total = head.net.value, head.tax.value, head.total.value
    stated = {"net": str(net), "tax": str(tax), "total": str(total)}
    if abs(net + tax - total) > 2 * CENT:
        yield _contradiction(
            answer,
            Message(N_("%(net)s and %(tax)s tax do not make %(total)s."), stated),
            (head.net, head.tax, head.total),
            item="total",
            path="total",
            why=stated,
        )
    elif net and not 0 <= tax / net <= Decimal(answer.rule.number("max_tax_percent")) / 100:
        yield _contradiction(
            answer,
            Message(N_("%(tax)s is not a plausible tax on %(net)s."), stated),
            (head.tax, head.net),
            item="tax",
            path="tax",
            why=stated,
        )


def _contradiction(
    answer: Answer,
    message: Message,
    parts: tuple[Extracted[Decimal], ...],
    *,
    item: str,
    path: str,
    why: dict[str, str],
) -> Finding:
    """A failure where every number was read for certain, else unknown. It points at the last part, the result."""
    make = answer.unknown if any(answer.is_doubtful(part) for part in parts) else answer.failed
    return make(message, Message(_ASK), seen=parts[-1], item=item, path=path, why=why)
