"""OASIS UBL 2.1 invoices and credit notes: XRechnung (UBL), Peppol BIS Billing 3."""

from dataclasses import replace

from vault.domain.readings import LineItem
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

_NAMESPACE = "urn:oasis:names:specification:ubl:schema:xsd:"


def is_ubl(root: Node) -> bool:
    return name_of(root) in ("Invoice", "CreditNote") and str(root.tag).startswith("{" + _NAMESPACE)


def read_ubl(root: Node) -> EInvoice:
    sums = one(root, "LegalMonetaryTotal")
    fields = party_fields(
        _party(one(root, "AccountingSupplierParty/Party")), _party(one(root, "AccountingCustomerParty/Party"))
    )
    fields = replace(
        fields,
        number=words(text(root, "ID")),
        issue_date=day(text(root, "IssueDate")),
        due_date=day(text(root, "DueDate") or text(root, "PaymentMeans/PaymentDueDate")),
        currency=words(text(root, "DocumentCurrencyCode")),
        net=amount(text(sums, "TaxExclusiveAmount")),
        tax=amount(text(root, "TaxTotal/TaxAmount")),
        total=amount(text(sums, "TaxInclusiveAmount") or text(sums, "PayableAmount")),
    )
    code = "381" if name_of(root) == "CreditNote" else text(root, "InvoiceTypeCode")
    lines = (_line(item) for item in every(root, "InvoiceLine|CreditNoteLine"))
    adjustments = (
        adjustment(text(item, "ChargeIndicator"), text(item, "Amount"), text(item, "AllowanceChargeReason"))
        for item in every(root, "AllowanceCharge")
    )
    return credited(
        EInvoice(
            kind_of(code),
            fields,
            tuple(line for line in lines if line.description),
            tuple(item for item in adjustments if item),
        )
    )


def _party(node: Node | None) -> Party:
    place = one(node, "PostalAddress")
    street = (text(place, name) for name in ("StreetName", "AdditionalStreetName", "AddressLine/Line"))
    town = " ".join(filter(None, (text(place, "PostalZone"), text(place, "CityName"))))
    return Party(
        name=text(node, "PartyLegalEntity/RegistrationName") or text(node, "PartyName/Name"),
        address=tuple(line for line in (*street, town, text(place, "CountrySubentity")) if line),
        country=text(place, "Country/IdentificationCode"),
        vat=_vat(node),
        phone=text(node, "Contact/Telephone"),
        email=text(node, "Contact/ElectronicMail"),
    )


def _vat(node: Node | None) -> str:
    for scheme in every(node, "PartyTaxScheme") if node is not None else ():
        if text(scheme, "TaxScheme/ID") == "VAT":
            return text(scheme, "CompanyID").replace(" ", "")
    return ""


def _line(item: Node) -> LineItem:
    product, price = one(item, "Item"), one(item, "Price")
    return LineItem(
        description=words(text(product, "Name") or text(product, "Description")),
        quantity=amount(text(item, "InvoicedQuantity|CreditedQuantity")),
        unit_price=per_one(amount(text(price, "PriceAmount")), text(price, "BaseQuantity")),
        amount=amount(text(item, "LineExtensionAmount")),
        identifiers=identifiers(
            text(product, "StandardItemIdentification/ID"), text(product, "SellersItemIdentification/ID")
        ),
        discount=line_discount(
            (text(each, "ChargeIndicator"), text(each, "Amount")) for each in every(item, "AllowanceCharge")
        ),
    )
