"""UN/CEFACT Cross Industry Invoice: ZUGFeRD 1 and 2, Factur-X, XRechnung (CII).

ZUGFeRD 1.0 names many elements differently; where it does, both names stand with a ``|`` between them.
"""

from collections.abc import Iterator
from dataclasses import replace

from vault.domain.readings import Adjustment, LineItem
from vault.reading.einvoice.einvoice import (
    EInvoice,
    Party,
    adjustment,
    amount,
    credited,
    day,
    identifiers,
    kind_of,
    line_discount,
    party_fields,
    per_one,
    words,
)
from vault.reading.einvoice.xml import Node, every, name_of, one, text

_HEAD = "ExchangedDocument|HeaderExchangedDocument"
_TRADE = "SupplyChainTradeTransaction|SpecifiedSupplyChainTradeTransaction"
_AGREEMENT = "ApplicableHeaderTradeAgreement|ApplicableSupplyChainTradeAgreement"
_SETTLEMENT = "ApplicableHeaderTradeSettlement|ApplicableSupplyChainTradeSettlement"
_SUMS = "SpecifiedTradeSettlementHeaderMonetarySummation|SpecifiedTradeSettlementMonetarySummation"
_LINE_AGREEMENT = "SpecifiedLineTradeAgreement|SpecifiedSupplyChainTradeAgreement"
_LINE_DELIVERY = "SpecifiedLineTradeDelivery|SpecifiedSupplyChainTradeDelivery"
_LINE_SETTLEMENT = "SpecifiedLineTradeSettlement|SpecifiedSupplyChainTradeSettlement"
_LINE_SUMS = "SpecifiedTradeSettlementLineMonetarySummation|SpecifiedTradeSettlementMonetarySummation"


def is_cii(root: Node) -> bool:
    return name_of(root) in ("CrossIndustryInvoice", "CrossIndustryDocument")


def read_cii(root: Node) -> EInvoice:
    trade, settlement = one(root, _TRADE), one(root, f"{_TRADE}/{_SETTLEMENT}")
    sums = one(settlement, _SUMS)
    currency = text(settlement, "InvoiceCurrencyCode")
    supplier = _party(one(trade, f"{_AGREEMENT}/SellerTradeParty"))
    fields = party_fields(supplier, _party(one(trade, f"{_AGREEMENT}/BuyerTradeParty")))
    fields = replace(
        fields,
        number=words(text(root, f"{_HEAD}/ID")),
        issue_date=day(text(root, f"{_HEAD}/IssueDateTime/DateTimeString")),
        due_date=day(text(settlement, "SpecifiedTradePaymentTerms/DueDateDateTime/DateTimeString")),
        currency=words(currency),
        net=amount(text(sums, "TaxBasisTotalAmount")),
        tax=amount(_in_currency(sums, "TaxTotalAmount", currency)),
        total=amount(text(sums, "GrandTotalAmount")),
    )
    kind = kind_of(text(root, f"{_HEAD}/TypeCode"))
    items = every(trade, "IncludedSupplyChainTradeLineItem") if trade is not None else ()
    lines = tuple(line for item in items if (line := _line(item)))
    return credited(EInvoice(kind, fields, lines, tuple(_adjustments(settlement))))


def _adjustments(settlement: Node | None) -> Iterator[Adjustment]:
    for item in every(settlement, "SpecifiedTradeAllowanceCharge") if settlement is not None else ():
        said = adjustment(text(item, "ChargeIndicator/Indicator"), text(item, "ActualAmount"), text(item, "Reason"))
        if said:
            yield said
    for item in every(settlement, "SpecifiedLogisticsServiceCharge") if settlement is not None else ():
        said = adjustment("true", text(item, "AppliedAmount"), text(item, "Description"))
        if said:
            yield said


def _in_currency(sums: Node | None, name: str, currency: str) -> str:
    """An invoice may state its tax in a second currency, too."""
    found = list(every(sums, name)) if sums is not None else []
    chosen = [node for node in found if node.get("currencyID", currency) == currency] or found
    return (chosen[0].text or "").strip() if chosen else ""


def _party(node: Node | None) -> Party:
    place = one(node, "PostalTradeAddress")
    street = (text(place, name) for name in ("LineOne", "LineTwo", "LineThree"))
    town = " ".join(filter(None, (text(place, "PostcodeCode"), text(place, "CityName"))))
    registrations = list(every(node, "SpecifiedTaxRegistration/ID")) if node is not None else []
    vat = next((item.text or "" for item in registrations if item.get("schemeID") == "VA"), "")
    return Party(
        name=text(node, "Name") or text(node, "SpecifiedLegalOrganization/TradingBusinessName"),
        address=tuple(line for line in (*street, town, text(place, "CountrySubDivisionName")) if line),
        country=text(place, "CountryID"),
        vat=vat.replace(" ", ""),
        phone=text(node, "DefinedTradeContact/TelephoneUniversalCommunication/CompleteNumber"),
        email=_email(node),
    )


def _email(node: Node | None) -> str:
    said = text(node, "DefinedTradeContact/EmailURIUniversalCommunication/URIID|CompleteNumber")
    return said or next(
        (item.text or "" for item in every(node, "URIUniversalCommunication/URIID") if item.get("schemeID") == "EM")
        if node is not None
        else iter(()),
        "",
    )


def _line(item: Node) -> LineItem | None:
    """None for a line that only carries a note."""
    product = one(item, "SpecifiedTradeProduct")
    price = one(item, f"{_LINE_AGREEMENT}/NetPriceProductTradePrice")
    settlement = one(item, _LINE_SETTLEMENT)
    reductions = every(settlement, "SpecifiedTradeAllowanceCharge") if settlement is not None else ()
    line = LineItem(
        description=words(text(product, "Name") or text(product, "Description")),
        quantity=amount(text(item, f"{_LINE_DELIVERY}/BilledQuantity")),
        unit_price=per_one(amount(text(price, "ChargeAmount")), text(price, "BasisQuantity")),
        amount=amount(text(item, f"{_LINE_SETTLEMENT}/{_LINE_SUMS}/LineTotalAmount")),
        identifiers=identifiers(text(product, "GlobalID"), text(product, "SellerAssignedID")),
        discount=line_discount(
            (text(each, "ChargeIndicator/Indicator"), text(each, "ActualAmount")) for each in reductions
        ),
    )
    return line if line.description and (line.amount or line.quantity) else None
