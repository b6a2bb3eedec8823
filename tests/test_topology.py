"""The set-up that has outgrown one machine, as processes on loopback: PostgreSQL, Valkey, an S3 store, web, two workers
and the scheduler, put together by configuration alone. It does the main job."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import TEMPLATE
from tests.first_use import import_catalogue, make_owner, open_account
from tests.invoices.catalogue import make_catalogue
from tests.invoices.compose import make_buyer, make_invoice
from tests.invoices.degrade import RECIPES, as_scan
from tests.invoices.einvoice import render_einvoice
from tests.invoices.faults import Fault, with_fault
from tests.invoices.render import Layout, render
from tests.servers.postgresql import PostgreSQL
from tests.servers.seaweedfs import running_seaweedfs
from tests.servers.service import Service, free_port, running_service
from tests.servers.valkey import Valkey
from tests.servers.visitor import Visitor
from vault.config import Settings
from vault.services.vault import open_vault


@pytest.fixture
def outgrown(tmp_path: Path, postgresql: PostgreSQL, valkey: Valkey) -> Iterator[Service]:
    valkey.flush()
    with running_seaweedfs(tmp_path) as seaweedfs:
        settings = Settings(
            home=tmp_path / "home",
            database_url=postgresql.create("outgrown", TEMPLATE),
            queue_url=valkey.url,
            store="s3",
            s3_endpoint=seaweedfs.endpoint,
            s3_access_key=seaweedfs.access_key,
            s3_secret_key=seaweedfs.secret_key,
            s3_secure=False,
            port=free_port(),
        )
        settings.home.mkdir()
        with running_service(settings, tmp_path, workers=2) as service:
            yield service
    postgresql.drop("outgrown")


def test_uploads_are_judged_by_the_workers(outgrown: Service) -> None:
    products, buyer = make_catalogue(40), make_buyer(1, "fr")
    vault = open_vault(outgrown.settings)
    owner = make_owner(vault)
    actor, account_id = open_account(vault, owner, buyer)
    import_catalogue(vault, actor, account_id, products)
    today = vault.clock().date()
    vault.close()

    invoices = [make_invoice(seed, "fr", products=products, buyer=buyer, as_of=today) for seed in (31, 32, 33, 34)]
    files = [
        ("good.pdf", render(invoices[0], Layout.LETTERHEAD)),
        ("factur-x.pdf", render_einvoice(invoices[1], Layout.SIDEBAR)),
        ("undated.pdf", render(with_fault(invoices[2], Fault.MISSING_DATE, today), Layout.SIMPLE)),
        ("scanned.pdf", as_scan(render(invoices[3], Layout.SIMPLE), RECIPES["scan"], seed=1)),
    ]
    visitor = Visitor(outgrown.url)
    visitor.sign_in(owner)
    drop = visitor.open_drop(account_id, len(files))
    drop.send(files)
    rows = {row["name"]: row for row in drop.settled()}

    assert {name: row["mark"] for name, row in rows.items()} == {
        "good.pdf": "pass",
        "factur-x.pdf": "pass",
        "undated.pdf": "fail",
        "scanned.pdf": "pass",
    }
    assert invoices[0].number in visitor.get(rows["good.pdf"]["url"]).text
    for name, content in files:
        assert visitor.get(f"{rows[name]['url']}/original").content == content
