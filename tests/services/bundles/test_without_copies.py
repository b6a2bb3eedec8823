"""What cannot be copied is said: in the README, in the index, on the page, and nowhere counted as if it were there."""

from tests.seller import sell
from tests.services.audits.test_evidence import OTHER, PRODUCT, audit_of, keep
from tests.services.bundles.bundle_things import ask, latest, make, opened, payload, text_of
from tests.shop import Shop
from vault.db.entities.audits import Audit
from vault.services.audits.choosing import decide

DAMAGED = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n" + b"\x00" * 400


def with_a_damaged_proof(shop: Shop) -> Audit:
    """An audit with an invoice, and a proof of payment that nothing can open."""
    keep(shop)
    damaged = shop.keep(DAMAGED, "wire transfer.pdf").document_id
    audit = audit_of(shop)
    decide(shop.vault, shop.actor, shop.account_id, audit.id, "payment", "", damaged, is_in=True)
    return audit


def test_a_damaged_document_goes_in_as_its_original_and_everything_says_so(shop: Shop) -> None:
    made = make(shop, with_a_damaged_proof(shop))
    assert [each.name for each in made.without_copy] == ["wire transfer.pdf"]
    assert not made.is_lossy
    files = payload(opened(shop, made))
    assert files["originals/002-wire_transfer.pdf"] == DAMAGED
    assert not [name for name in files if name.startswith("copies/further/")]
    for pdf in ("README.pdf", "combined.pdf"):
        assert "seeoriginals/002-wire_transfer.pdf" in "".join(text_of(files[pdf]).split())
    assert "2 documents are enclosed" in text_of(files["README.pdf"])


def test_without_prices_it_is_neither_copy_nor_original_and_that_is_said_loudly(shop: Shop) -> None:
    made = make(shop, with_a_damaged_proof(shop), without_prices=True)
    assert made.is_lossy
    files = payload(opened(shop, made))
    assert not [name for name in files if name.startswith("originals/")]
    assert "not in this file" in " ".join(text_of(files["README.pdf"]).split())
    assert "1 document is enclosed" in text_of(files["README.pdf"])


def test_where_nothing_would_go_in_there_is_no_bundle_and_the_reason_is_told(shop: Shop) -> None:
    damaged = shop.keep(DAMAGED, "wire transfer.pdf").document_id
    audit = audit_of(shop)
    decide(shop.vault, shop.actor, shop.account_id, audit.id, "payment", "", damaged, is_in=True)
    ask(shop, audit, without_prices=True)
    shop.work()
    made = latest(shop, audit)
    assert made.is_failed
    assert "No copy could be made of any document" in str(made.problem)
    assert made.files == ()


def test_sales_that_nobody_imported_are_not_spoken_of(shop: Shop) -> None:
    keep(shop)
    files = payload(opened(shop, make(shop, audit_of(shop))))
    assert not [name for name in files if name.startswith("sales/")]
    told = text_of(files["combined.pdf"]) + text_of(files["README.pdf"])
    assert "units sold" not in told
    assert "Sales record" not in told
    assert "sales/" not in told


def test_sales_that_are_known_are_there_day_by_day_also_where_nothing_was_sold(shop: Shop) -> None:
    keep(shop)
    sell(shop, OTHER.asin, 3)
    files = payload(opened(shop, make(shop, audit_of(shop))))
    table = files[f"sales/{PRODUCT.asin}.csv"].decode().splitlines()
    assert len(table) == 1 + 365
    assert {line.rsplit(",", 1)[1] for line in table[1:]} == {"0"}
    assert "Partly known" not in text_of(files["combined.pdf"])
    assert "as far as" not in text_of(files["README.pdf"])
