"""An empty vault leads a newcomer: every page says why it is empty and what to do next."""

import io
import re

import pytest
from flask import Flask

from tests.first_use import make_owner, open_account
from tests.invoices.catalogue import all_listings, make_catalogue
from tests.invoices.compose import make_buyer
from tests.web.desk import sit_down
from vault.services.vault import Vault

LEADS = {
    "/": ("Import your catalogue", "/imports"),
    "/documents": ("No documents yet", "/uploads"),
    "/tasks": ("Nothing to do", "/documents"),
    "/suppliers": ("No suppliers yet", "/uploads"),
    "/products": ("No products yet", "/imports"),
    "/uploads": ("Drop files here", "/uploads"),
    "/imports": ("All listings", "/uploads"),
}


@pytest.mark.parametrize("path", LEADS)
def test_an_empty_page_leads_on(app: Flask, vault: Vault, path: str) -> None:
    actor, account_id = open_account(vault, make_owner(vault), make_buyer(1, "fr"))
    page = sit_down(app, actor.id, account_id).get(path)
    said, target = LEADS[path]
    main = page.text[page.text.index('id="main"') :]
    assert page.status_code == 200
    assert said in main
    assert f"/a/{account_id}{target}" in main


def test_an_import_tells_what_it_took_over_and_which_rows_it_left_out(app: Flask, vault: Vault) -> None:
    actor, account_id = open_account(vault, make_owner(vault), make_buyer(1, "fr"))
    desk = sit_down(app, actor.id, account_id)
    report = all_listings(make_catalogue(5), "fr")
    broken = report.rstrip() + b"\nonly-a-sku\n"

    def send(content: bytes, name: str = "listings.txt") -> str:
        answer = desk.post("/imports", report=(io.BytesIO(content), name))
        return desk.client.get(answer.location).text if answer.status_code == 303 else answer.text

    page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", send(broken)))
    assert "5 offers added" in page
    assert "1 rows with a problem" in page
    assert "Exactly this file was imported before" in send(broken)
    assert "No file was chosen" in send(b"", "")
    assert "note-fail" in send(b"\x89PNG not a report", "picture.png")
    assert make_catalogue(5)[0].asin in desk.get("/products").text
