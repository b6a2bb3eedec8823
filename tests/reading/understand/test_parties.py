"""The supplier and the buyer are told apart, each with its whole address."""

from tests.reading.understand.pages import page_of, till_of
from vault.domain.readings import Fields, Page
from vault.reading.understand.understand import understand


def fields_of(*pages: Page) -> Fields:
    return understand(pages).fields


def told(*pages: Page) -> tuple[str | None, str | None, str | None, str | None]:
    fields = fields_of(*pages)
    return tuple(  # type: ignore[return-value]
        each.value if each else None
        for each in (fields.supplier_name, fields.supplier_address, fields.buyer_name, fields.buyer_address)
    )


def test_letterhead_and_bill_to_block() -> None:
    page = page_of(
        "Copperwick Imports Ltd", "9 Kingsway", "Leeds LS1 4DY", "United Kingdom", "Tel: +44 20 7946 0022", "",
        "Bill to:", "Kolmen Retail Ltd", "76 Foundry Street", "Manchester M1 2AB", "",
        "INVOICE 2026-63673",
    )  # fmt: skip
    assert told(page) == (
        "Copperwick Imports Ltd",
        "9 Kingsway\nLeeds LS1 4DY\nUnited Kingdom",
        "Kolmen Retail Ltd",
        "76 Foundry Street\nManchester M1 2AB",
    )


def test_two_columns_do_not_mix() -> None:
    page = page_of(
        [(0.08, "Lumivale Distribution SAS"), (0.55, "Facturé à")],
        [(0.08, "19 boulevard Gambetta"), (0.55, "Marivent SARL")],
        [(0.08, "38000 Grenoble"), (0.55, "4 route des Prés")],
        [(0.08, "France"), (0.55, "33000 Bordeaux")],
    )
    assert told(page) == (
        "Lumivale Distribution SAS",
        "19 boulevard Gambetta\n38000 Grenoble\nFrance",
        "Marivent SARL",
        "4 route des Prés\n33000 Bordeaux",
    )


def test_the_senders_line_above_the_window_names_the_supplier() -> None:
    page = page_of(
        "Osterwald GmbH · Am alten Markt 98 · 20095 Hamburg", "",
        "Marivent AG", "Lindenallee 9", "70173 Stuttgart", "", "",
        "Rechnung Nr. 4711",
    )  # fmt: skip
    assert told(page) == (
        "Osterwald GmbH",
        "Am alten Markt 98\n20095 Hamburg",
        "Marivent AG",
        "Lindenallee 9\n70173 Stuttgart",
    )


def test_a_form_with_labels_in_a_column_of_their_own() -> None:
    page = page_of(
        "Verkäufer",
        [(0.08, "Name:"), (0.4, "Osterwald GmbH")],
        [(0.08, "Anschrift:"), (0.4, "Am alten Markt 98")],
        [(0.4, "DE 20095 Hamburg")],
        [(0.08, "USt.-Id.-Nr.:"), (0.4, "DE136695976")],
        "",
        "Käufer",
        [(0.08, "Name:"), (0.4, "Marivent AG")],
        [(0.08, "Anschrift:"), (0.4, "Lindenallee 9")],
        [(0.4, "DE 70173 Stuttgart")],
    )
    assert told(page) == (
        "Osterwald GmbH",
        "Am alten Markt 98\nDE 20095 Hamburg",
        "Marivent AG",
        "Lindenallee 9\nDE 70173 Stuttgart",
    )


def test_spettabile_announces_the_italian_buyer() -> None:
    page = page_of(
        "Valcodera Forniture S.r.l.", "Via Garibaldi 26", "20121 Milano", "P. IVA 01234567897", "", "",
        "Spett.le", "Marivent S.p.A.", "Corso Francia 9", "10138 Torino",
    )  # fmt: skip
    name, address, buyer, _ = told(page)
    assert (name, address, buyer) == ("Valcodera Forniture S.r.l", "Via Garibaldi 26\n20121 Milano", "Marivent S.p.A")


def test_the_supplier_in_the_footer_is_found() -> None:
    page = page_of(
        "Rechnung an:", "Marivent AG", "Lindenallee 9", "70173 Stuttgart", "", "", "Rechnung Nr. 4711", *[""] * 30,
        [(0.08, "Osterwald GmbH"), (0.5, "Tel.: 030 23125 098")],
        [(0.08, "Am alten Markt 98"), (0.5, "info@osterwald.example")],
        [(0.08, "20095 Hamburg"), (0.5, "USt-IdNr.: DE136695976")],
    )  # fmt: skip
    assert told(page)[:3] == ("Osterwald GmbH", "Am alten Markt 98\n20095 Hamburg", "Marivent AG")


def test_a_name_set_in_two_lines_is_one_name() -> None:
    page = page_of("Osterwald & Söhne Import", "GmbH & Co. KG", "Am alten Markt 98", "20095 Hamburg")
    assert told(page)[0] == "Osterwald & Söhne Import GmbH & Co. KG"


def test_a_till_receipt_begins_with_its_shop() -> None:
    page = till_of(
        "KEDAI BUKU SERI SDN BHD", "(123456-A)", "NO. 12, JALAN MAWAR 3,", "TAMAN INDAH,", "81100 JOHOR BAHRU, JOHOR", "TEL: 07-1234567",
        "RESIT", [(0.1, "Pencil"), (0.7, "2.00")], [(0.1, "TOTAL"), (0.7, "2.00")],
        [(0.1, "CASH"), (0.7, "5.00")], [(0.1, "CHANGE"), (0.7, "3.00")],
    )  # fmt: skip
    name, address, buyer, _ = told(page)
    assert name == "KEDAI BUKU SERI SDN BHD"
    assert address == "NO. 12, JALAN MAWAR 3\nTAMAN INDAH\n81100 JOHOR BAHRU, JOHOR"
    assert buyer is None


def test_the_address_has_a_box_around_all_its_lines() -> None:
    page = page_of("Copperwick Imports Ltd", "9 Kingsway", "Leeds LS1 4DY")
    address = fields_of(page).supplier_address
    assert address is not None
    assert address.box is not None
    assert (address.box.y0, address.box.y1) == (page.words[3].box.y0, page.words[-1].box.y1)


def test_a_paper_that_names_nobody() -> None:
    assert told(page_of("12.00")) == (None, None, None, None)


def test_of_a_brand_and_a_company_the_one_that_the_website_names_is_meant() -> None:
    page = page_of(
        "Wholesale for everybody",
        "Azurro Interior",
        "4557 De Silva Street",
        "Fremont, CA 94538",
        "www.azurro-interior.example",
    )
    assert told(page)[0] == "Azurro Interior"


def test_the_customers_other_office_is_not_the_supplier() -> None:
    page = page_of(
        "Tarnwick Trading", "100 Main Street", "Denver, CO 80202", "",
        "Customer name: BLUEMESA CORPORATION", "", "Bluemesa Corp", "123 Other Street", "Redmond, WA 98052",
    )  # fmt: skip
    assert told(page)[0] == "Tarnwick Trading"
