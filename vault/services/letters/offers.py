"""The points of an answer that are offered while nobody has written one: what Amazon asked for, where papers answer it."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from vault.db.entities.audits import Audit
from vault.domain.audits import Request
from vault.domain.papers import PaperKind
from vault.letters.offers import offered_point
from vault.services.audits.evidence import Section
from vault.services.letters.answers import SaidPoint

_ANSWERED_BY: Mapping[Request, frozenset[PaperKind]] = MappingProxyType(
    {
        Request.INVOICES: frozenset({PaperKind.SUPPLIER_INVOICE}),
        Request.AUTHORISATION: frozenset({PaperKind.LETTER_OF_AUTHORISATION, PaperKind.LICENCE_CONTRACT}),
        Request.IDENTITY: frozenset({PaperKind.IDENTITY_PAPER, PaperKind.COMPANY_PAPER, PaperKind.PROOF_OF_ADDRESS}),
        Request.DELIVERY: frozenset({PaperKind.DELIVERY_PROOF}),
        Request.SAFETY: frozenset({PaperKind.CERTIFICATE_OF_CONFORMITY, PaperKind.TEST_REPORT}),
        Request.PHOTOS: frozenset({PaperKind.PHOTO}),
    }
)


def offered_points(audit: Audit, sections: Iterable[Section]) -> Iterator[SaidPoint]:
    """A point for each thing asked for of which a paper goes in: nothing is called attached that is not."""
    chosen = {each.document.id: each.document for section in sections for each in section.chosen}
    for request in map(Request, audit.asked_for):
        kinds = _ANSWERED_BY.get(request, frozenset())
        proofs = tuple(document_id for document_id, document in chosen.items() if document.paper in kinds)
        if proofs and (offer := offered_point(request, audit.language)):
            yield SaidPoint(*offer, proofs)
