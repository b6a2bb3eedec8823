"""Doing a job: claims it, does what its kind asks for, and puts it back when that goes wrong."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import structlog

from vault.domain.errors import Unavailable, VaultError
from vault.services.audits import gathering
from vault.services.bundles import making
from vault.services.documents import processing, rejudging
from vault.services.documents.filenames import clean_filename
from vault.services.jobs import jobs, scrub
from vault.services.jobs.jobs import JobKind
from vault.services.journal.notes import MACHINE, Note, record
from vault.services.links import scoring as link_scoring
from vault.services.notices import mails
from vault.services.reports import keeping, monthly
from vault.services.sales import taking
from vault.services.vault import Vault
from vault.services.webhooks import deliveries

log = structlog.get_logger(__name__)

HANDLERS: Mapping[JobKind, Callable[[Vault, jobs.Lease], None]] = MappingProxyType(
    {
        JobKind.READ_DOCUMENT: processing.read_document,
        JobKind.REMATCH_ACCOUNT: rejudging.rematch_account,
        JobKind.REJUDGE_ACCOUNT: rejudging.rejudge_account,
        JobKind.REJUDGE_BUYER: rejudging.rejudge_buyer,
        JobKind.REJUDGE_SUPPLIER: rejudging.rejudge_supplier,
        JobKind.COMPARE_CATALOGUE: link_scoring.compare_catalogue,
        JobKind.GATHER_AUDIT: gathering.gather,
        JobKind.MAKE_BUNDLE: making.make_bundle,
        JobKind.TAKE_SALES: taking.take_sales,
        JobKind.MAKE_REPORT: monthly.make_report,
        JobKind.KEEP_REPORT: keeping.keep_files,
        JobKind.SCRUB: scrub.scrub,
        JobKind.SEND_MAILS: mails.send_mails,
        JobKind.DELIVER_EVENTS: deliveries.deliver,
    }
)


def report_forged(vault: Vault, queue_id: str) -> None:
    """Tells that somebody put something else than a job's id on the queue: in the log, and in the journal for ever."""
    name = clean_filename(queue_id)[:80]
    log.error("forged job refused", queue_id=name)
    with vault.database.transaction() as session:
        record(session, vault, [Note("job.forged", name, MACHINE)])


def perform(vault: Vault, job_id: str) -> bool:
    """Does the job, if it is there to be done. Returns whether this call did it.

    Safe to call as often as one likes and from several places at once. An error that nobody foresaw is raised again
    after the job was put back.
    """
    lease = jobs.claim(vault, job_id)
    if lease is None:
        return False
    try:
        HANDLERS[lease.kind](vault, lease)
    except jobs.LeaseLost:
        log.info("another worker took over", job=job_id, attempt=lease.attempt)
        return False
    except VaultError as error:
        log.warning("job put back", job=job_id, attempt=lease.attempt, code=error.code)
        # Waiting mends what does not answer, and nothing else.
        jobs.put_back(vault, lease, f"{error.code}: {error}", failed=not isinstance(error, Unavailable))
        return False
    except Exception as error:
        jobs.put_back(vault, lease, f"{type(error).__name__}: {error}", failed=True)
        raise
    return True
