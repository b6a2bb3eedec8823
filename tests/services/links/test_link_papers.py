"""A document that proves the explanation of a link is no supplier invoice; the link warns of its end."""

import io
from dataclasses import replace
from datetime import date

import pytest

from tests.paperwork import LICENCE
from tests.services.links.conftest import IBANS, Agency
from tests.shop import Shop
from vault.domain.links import ExplanationKind
from vault.domain.papers import PaperKind
from vault.domain.register import AttributeKind
from vault.reading.sandbox.reader import SandboxedReader
from vault.services.documents import intake
from vault.services.links.explanations import NewExplanation, explain, withdraw_explanation


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (ExplanationKind.APPROVAL, PaperKind.AMAZON_NOTICE),
        (ExplanationKind.LICENCE, PaperKind.LICENCE_CONTRACT),
        (ExplanationKind.CONTRACT, PaperKind.LICENCE_CONTRACT),
        (ExplanationKind.OTHER, PaperKind.OTHER),
    ],
)
def test_it_is_what_the_explanation_says(
    agency: Agency, pair: tuple[str, str], warm_reader: SandboxedReader, said: ExplanationKind, kind: PaperKind
) -> None:
    shop = Shop(replace(agency.vault, reader=warm_reader), agency.actor, pair[0])
    for holder_id in pair:
        agency.give(holder_id, AttributeKind.BANK_ACCOUNT, IBANS[0])
    link = agency.link(*pair)
    assert link
    kept = intake.keep(shop.vault, shop.actor, pair[0], io.BytesIO(LICENCE), "paper.pdf")
    shop.work()
    assert "invoice.kind" in shop.tasks(kept.document_id)

    given = NewExplanation(said, "Because", kept.document_id, date(2027, 6, 30))
    explanation = explain(shop.vault, shop.actor, link.id, given)

    assert shop.document(kept.document_id).paper_kind == kind
    assert shop.tasks(kept.document_id) == {}

    withdraw_explanation(shop.vault, shop.actor, explanation.id)

    expires = shop.vault.rules.papers[kind].expires
    assert set(shop.tasks(kept.document_id)) == ({"paper.expiry"} if expires else set())
