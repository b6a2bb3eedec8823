"""E-invoices written by hand, as small as the standards allow, in each syntax."""

import io

from pypdf import PdfReader, PdfWriter

from tests.reading.documents import written

CII = """<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
  xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
  xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
<rsm:ExchangedDocument><ram:ID>A-77</ram:ID><ram:TypeCode>{code}</ram:TypeCode>
 <ram:IssueDateTime><udt:DateTimeString format="102">20260131</udt:DateTimeString></ram:IssueDateTime>
</rsm:ExchangedDocument>
<rsm:SupplyChainTradeTransaction>
 <ram:IncludedSupplyChainTradeLineItem>
  <ram:SpecifiedTradeProduct><ram:GlobalID schemeID="0160">4006381333931</ram:GlobalID>
   <ram:SellerAssignedID>LMP-3</ram:SellerAssignedID><ram:Name>Tischlampe Messing</ram:Name></ram:SpecifiedTradeProduct>
  <ram:SpecifiedLineTradeAgreement><ram:NetPriceProductTradePrice><ram:ChargeAmount>195.00</ram:ChargeAmount>
   <ram:BasisQuantity unitCode="C62">10</ram:BasisQuantity></ram:NetPriceProductTradePrice></ram:SpecifiedLineTradeAgreement>
  <ram:SpecifiedLineTradeDelivery><ram:BilledQuantity unitCode="C62">3</ram:BilledQuantity></ram:SpecifiedLineTradeDelivery>
  <ram:SpecifiedLineTradeSettlement><ram:SpecifiedTradeSettlementLineMonetarySummation>
   <ram:LineTotalAmount>58.50</ram:LineTotalAmount></ram:SpecifiedTradeSettlementLineMonetarySummation>
  </ram:SpecifiedLineTradeSettlement>
 </ram:IncludedSupplyChainTradeLineItem>
 <ram:ApplicableHeaderTradeAgreement>
  <ram:SellerTradeParty><ram:Name>Hafenlicht GmbH</ram:Name>
   <ram:DefinedTradeContact><ram:TelephoneUniversalCommunication><ram:CompleteNumber>+49 40 123456</ram:CompleteNumber>
   </ram:TelephoneUniversalCommunication></ram:DefinedTradeContact>
   <ram:PostalTradeAddress><ram:PostcodeCode>20457</ram:PostcodeCode><ram:LineOne>Kaistraße 14</ram:LineOne>
    <ram:CityName>Hamburg</ram:CityName><ram:CountryID>DE</ram:CountryID></ram:PostalTradeAddress>
   <ram:SpecifiedTaxRegistration><ram:ID schemeID="FC">22/815/0815</ram:ID></ram:SpecifiedTaxRegistration>
   <ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">DE136695976</ram:ID></ram:SpecifiedTaxRegistration>
  </ram:SellerTradeParty>
  <ram:BuyerTradeParty><ram:Name>Mer et Lumière SARL</ram:Name>
   <ram:PostalTradeAddress><ram:PostcodeCode>69001</ram:PostcodeCode><ram:LineOne>35 rue de la Plage</ram:LineOne>
    <ram:CityName>Lyon</ram:CityName><ram:CountryID>FR</ram:CountryID></ram:PostalTradeAddress></ram:BuyerTradeParty>
 </ram:ApplicableHeaderTradeAgreement>
 <ram:ApplicableHeaderTradeSettlement><ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>
  <ram:SpecifiedTradePaymentTerms><ram:DueDateDateTime><udt:DateTimeString format="102">20260302</udt:DateTimeString>
  </ram:DueDateDateTime></ram:SpecifiedTradePaymentTerms>
  <ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:TaxBasisTotalAmount>58.50</ram:TaxBasisTotalAmount>
   <ram:TaxTotalAmount currencyID="PLN">47.90</ram:TaxTotalAmount>
   <ram:TaxTotalAmount currencyID="EUR">11.12</ram:TaxTotalAmount>
   <ram:GrandTotalAmount>69.62</ram:GrandTotalAmount></ram:SpecifiedTradeSettlementHeaderMonetarySummation>
 </ram:ApplicableHeaderTradeSettlement>
</rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>"""

ZUGFERD_1 = (
    CII.replace("CrossIndustryInvoice:100", "CrossIndustryDocument:invoice:1p0")
    .replace("CrossIndustryInvoice", "CrossIndustryDocument")
    .replace("rsm:ExchangedDocument", "rsm:HeaderExchangedDocument")
    .replace("rsm:SupplyChainTradeTransaction", "rsm:SpecifiedSupplyChainTradeTransaction")
    .replace("ApplicableHeaderTrade", "ApplicableSupplyChainTrade")
    .replace("SpecifiedLineTrade", "SpecifiedSupplyChainTrade")
    .replace("SpecifiedTradeSettlementHeaderMonetary", "SpecifiedTradeSettlementMonetary")
    .replace("SpecifiedTradeSettlementLineMonetary", "SpecifiedTradeSettlementMonetary")
)

UBL = """<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
  xmlns:c="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
  xmlns:b="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<b:ID>A-77</b:ID><b:IssueDate>2026-01-31</b:IssueDate><b:DueDate>2026-03-02</b:DueDate>
<b:InvoiceTypeCode>380</b:InvoiceTypeCode><b:DocumentCurrencyCode>EUR</b:DocumentCurrencyCode>
<c:AccountingSupplierParty><c:Party>
 <c:PostalAddress><b:StreetName>Kaistraße 14</b:StreetName><b:CityName>Hamburg</b:CityName><b:PostalZone>20457</b:PostalZone>
  <c:Country><b:IdentificationCode>DE</b:IdentificationCode></c:Country></c:PostalAddress>
 <c:PartyTaxScheme><b:CompanyID>DE136695976</b:CompanyID><c:TaxScheme><b:ID>VAT</b:ID></c:TaxScheme></c:PartyTaxScheme>
 <c:PartyLegalEntity><b:RegistrationName>Hafenlicht GmbH</b:RegistrationName></c:PartyLegalEntity>
 <c:Contact><b:Telephone>+49 40 123456</b:Telephone></c:Contact></c:Party></c:AccountingSupplierParty>
<c:AccountingCustomerParty><c:Party>
 <c:PostalAddress><b:StreetName>35 rue de la Plage</b:StreetName><b:CityName>Lyon</b:CityName><b:PostalZone>69001</b:PostalZone>
  </c:PostalAddress>
 <c:PartyLegalEntity><b:RegistrationName>Mer et Lumière SARL</b:RegistrationName></c:PartyLegalEntity>
 </c:Party></c:AccountingCustomerParty>
<c:TaxTotal><b:TaxAmount currencyID="EUR">11.12</b:TaxAmount></c:TaxTotal>
<c:LegalMonetaryTotal><b:TaxExclusiveAmount currencyID="EUR">58.50</b:TaxExclusiveAmount>
 <b:TaxInclusiveAmount currencyID="EUR">69.62</b:TaxInclusiveAmount></c:LegalMonetaryTotal>
<c:InvoiceLine><b:InvoicedQuantity unitCode="C62">3</b:InvoicedQuantity>
 <b:LineExtensionAmount currencyID="EUR">58.50</b:LineExtensionAmount>
 <c:Item><b:Name>Tischlampe Messing</b:Name>
  <c:SellersItemIdentification><b:ID>LMP-3</b:ID></c:SellersItemIdentification>
  <c:StandardItemIdentification><b:ID schemeID="0160">4006381333931</b:ID></c:StandardItemIdentification></c:Item>
 <c:Price><b:PriceAmount currencyID="EUR">195.00</b:PriceAmount><b:BaseQuantity>10</b:BaseQuantity></c:Price></c:InvoiceLine>
</Invoice>"""


def cii(code: str = "380") -> bytes:
    return CII.replace("{code}", code).encode()


def zugferd_1() -> bytes:
    return ZUGFERD_1.replace("{code}", "380").encode()


def attached(pdf: bytes, xml: bytes, name: str = "factur-x.xml") -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    writer.add_attachment(name, xml)
    return written(writer)
