"""Asking for bundles, and looking into them."""

import io
import zipfile

import pypdfium2

from tests.shop import Shop
from vault.db.entities.audits import Audit
from vault.db.entities.documents import Document
from vault.domain.values import Sha256
from vault.services.bundles.bundles import ask_for_bundle
from vault.services.bundles.options import BundleOptions
from vault.services.bundles.standing import MadeBundle, bundles_of
from vault.services.days import today


def ask(shop: Shop, audit: Audit, **options: object) -> str:
    """The id of the bundle, which nobody has made yet."""
    wanted = BundleOptions(today(shop.vault), **options)  # type: ignore[arg-type]
    return ask_for_bundle(shop.vault, shop.actor, shop.account_id, audit.id, wanted).id


def latest(shop: Shop, audit: Audit) -> MadeBundle:
    with shop.vault.database.reading() as session:
        return bundles_of(session, session.get_one(Audit, audit.id))[0]


def make(shop: Shop, audit: Audit, **options: object) -> MadeBundle:
    ask(shop, audit, **options)
    shop.work()
    made = latest(shop, audit)
    assert made.bundle.finished_at is not None, "the bundle is made"
    return made


def content(shop: Shop, file: Document) -> bytes:
    with shop.vault.store.open(Sha256(file.sha256)) as stream:
        return stream.read()


def opened(shop: Shop, made: MadeBundle, position: int = 0) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(content(shop, made.files[position])))


def payload(archive: zipfile.ZipFile) -> dict[str, bytes]:
    return {name.split("/data/")[1]: archive.read(name) for name in archive.namelist() if "/data/" in name}


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)
