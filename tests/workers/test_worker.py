"""Workers as processes: what they do, what they refuse, and what survives them."""

import io
import json
import zlib
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest
from pypdf import PdfWriter
from redis import Redis
from rq import Callback, Queue
from rq.serializers import JSONSerializer
from sqlalchemy import select

from tests.invoices.compose import make_invoice
from tests.invoices.degrade import RECIPES, as_scan
from tests.invoices.einvoice import render_einvoice
from tests.invoices.render import Layout, render
from tests.servers.valkey import Valkey
from tests.servers.waiting import wait_until
from tests.shop import Shop
from tests.workers.conftest import Start
from vault.db.entities.documents import DocumentState
from vault.db.entities.work import Job, JobState
from vault.domain.ids import new_id
from vault.services.jobs import jobs
from vault.services.jobs.queue import JOB_FUNCTION, QUEUE_NAME, JobQueue
from vault.services.jobs.reconciler import reconcile

pytestmark = pytest.mark.fault

FINAL = (DocumentState.JUDGED, DocumentState.UNREADABLE, DocumentState.QUARANTINED)


def einvoice(seed: int) -> bytes:
    return render_einvoice(make_invoice(seed, "fr"), Layout.SIMPLE)


@lru_cache(maxsize=1)
def long_scan() -> bytes:
    """More pages that only OCR can read than are read side by side, so that the work can be met in the middle."""
    two_pages = as_scan(render(make_invoice(5, "fr", line_count=90), Layout.CONTINUED), RECIPES["scan"], 1)
    writer, long = PdfWriter(), io.BytesIO()
    for _ in range(2):
        writer.append(io.BytesIO(two_pages))
    writer.write(long)
    return long.getvalue()


def is_finished(shop: Shop, document_id: str) -> bool:
    return shop.document(document_id).state in FINAL


def job_of(shop: Shop, document_id: str) -> Job:
    with shop.vault.database.reading() as session:
        return (
            session.scalars(select(Job).where(Job.subject_id == document_id).order_by(Job.id.desc())).first() or Job()
        )


def test_a_document_is_judged_without_anybody_doing_anything(running: Shop, start: Start) -> None:
    start("scheduler")
    start("worker")
    document_id = running.keep(einvoice(1)).document_id
    wait_until(lambda: is_finished(running, document_id), "the document is judged", 60)
    assert running.document(document_id).state == DocumentState.JUDGED


def test_a_killed_worker_tree_gives_its_document_back_and_it_takes_effect_once(running: Shop, start: Start) -> None:
    start("scheduler")
    worker = start("worker")
    document_id = running.keep(long_scan()).document_id
    wait_until(lambda: job_of(running, document_id).progress.get("page", 0) >= 1, "OCR is under way", 90)
    worker.kill()
    killed = job_of(running, document_id)
    assert killed.state == JobState.RUNNING
    start("worker")
    wait_until(lambda: is_finished(running, document_id), "the document is judged after all", 120)
    document = running.document(document_id)
    assert (document.state, document.version) == (DocumentState.JUDGED, 1)
    assert job_of(running, document_id).attempt > killed.attempt
    assert [action for action, subject in running.journal() if subject == document_id].count("document.read") == 1


def test_a_flushed_queue_comes_back_by_itself(running: Shop, start: Start, valkey: Valkey) -> None:
    ids = [running.keep(einvoice(seed)).document_id for seed in range(3)]
    valkey.flush()
    start("scheduler")
    start("worker")
    wait_until(lambda: all(is_finished(running, document_id) for document_id in ids), "all are judged", 60)


def test_sigterm_lets_the_document_at_hand_be_finished(running: Shop, start: Start) -> None:
    worker = start("worker")
    start("scheduler")
    document_id = running.keep(long_scan()).document_id
    wait_until(lambda: job_of(running, document_id).progress.get("page", 0) >= 1, "OCR is under way", 90)
    attempt = job_of(running, document_id).attempt
    worker.terminate()
    assert worker.popen.wait(120) == 0
    assert running.document(document_id).state == DocumentState.JUDGED
    assert job_of(running, document_id).attempt == attempt


def test_an_idle_worker_and_the_scheduler_stop_at_once(running: Shop, start: Start) -> None:
    worker, scheduler = start("worker"), start("scheduler")
    document_id = running.keep(einvoice(1)).document_id
    wait_until(lambda: is_finished(running, document_id), "both are at work", 60)
    for process in (worker, scheduler):
        process.terminate()
        assert process.popen.wait(20) == 0


def test_forged_jobs_are_refused_and_reported_and_the_worker_goes_on(
    running: Shop, start: Start, tmp_path: Path
) -> None:
    """Whoever can write to the queue can name a function, a callback, an instance; none of them may run."""
    proof = tmp_path / "pwned"
    queue = Queue(QUEUE_NAME, connection=Redis.from_url(running.vault.settings.queue), serializer=JSONSerializer)
    touch = f"touch {proof}"
    queue.enqueue("os.system", touch)
    queue.enqueue("subprocess.getoutput", touch)
    queue.enqueue(JOB_FUNCTION, new_id(), on_success=Callback("tests.workers.assets.forged.run"))
    queue.enqueue(JOB_FUNCTION, new_id(), on_failure=Callback("tests.workers.assets.forged.run"))
    queue.enqueue(JOB_FUNCTION, touch)
    queue.enqueue(JOB_FUNCTION, new_id(), new_id())
    queue.enqueue(JOB_FUNCTION, a_name=new_id())
    forge_raw(queue, zlib.compress(json.dumps(["system", "os", [touch], {}]).encode()))
    forge_raw(queue, b"\x80\x05 a pickle")
    start("scheduler")
    worker = start("worker")
    document_id = running.keep(einvoice(1)).document_id
    wait_until(lambda: is_finished(running, document_id), "the honest document is judged", 60)
    assert not proof.exists()
    assert worker.is_running
    assert worker.log.read_text().count("forged job refused") == 9
    assert [action for action, _ in running.journal()].count("job.forged") == 9


def forge_raw(queue: Queue, data: bytes) -> None:
    """A job that no library wrote."""
    name = new_id()
    queue.connection.hset(f"rq:job:{name}", mapping={"data": data, "origin": queue.name, "status": "queued"})
    queue.connection.rpush(queue.key, name)


def test_uploads_are_kept_while_the_queue_is_down_and_read_when_it_is_back(running: Shop, start: Start) -> None:
    without_queue = replace(running.vault, queue=JobQueue("unix:///nowhere/valkey.sock"))
    document_id = replace(running, vault=without_queue).keep(einvoice(1)).document_id
    assert running.document(document_id).state == DocumentState.KEPT
    start("worker")
    assert reconcile(running.vault).sent == 1
    wait_until(lambda: is_finished(running, document_id), "the document is judged", 60)


def test_an_unknown_job_kind_fails_alone(running: Shop, start: Start) -> None:
    with running.vault.database.transaction() as session:
        job = jobs.add(session, running.vault, jobs.JobKind.SCRUB, "store")
        job.kind = "of a newer version"
    jobs.send(running.vault, job)
    start("scheduler")
    start("worker")
    document_id = running.keep(einvoice(1)).document_id
    wait_until(lambda: is_finished(running, document_id), "the next one is judged", 60)
