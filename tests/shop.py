"""A seller account with a catalogue and a supplier, and the ways in which tests use it."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from tests.first_use import import_catalogue, make_owner, open_account
from tests.invoices.catalogue import Product, make_catalogue
from tests.invoices.compose import make_buyer, make_invoice, make_supplier
from tests.invoices.einvoice import render_einvoice
from tests.invoices.model import Invoice
from tests.invoices.render import Layout
from vault.db.entities.documents import Document, Judgement
from vault.db.entities.work import Job, JobState, Task, TaskState
from vault.domain.findings import Finding
from vault.journal.table import entries
from vault.services.access import Actor
from vault.services.documents import intake
from vault.services.documents.intake import Kept
from vault.services.findings import load_finding
from vault.services.jobs.work import perform
from vault.services.vault import Vault

CATALOGUE = make_catalogue(40, seed=7)


@dataclass(frozen=True, slots=True)
class Shop:
    """`actor` owns the seller account `account_id`, whose invoices name `buyer` as the customer."""

    vault: Vault
    actor: Actor
    account_id: str

    def invoice(self, seed: int = 1, line_count: int = 3, products: Sequence[Product] = CATALOGUE) -> Invoice:
        """A flawless invoice to this account."""
        buyer, supplier = make_buyer(1, "fr"), make_supplier(seed, "fr")
        return make_invoice(seed, "fr", line_count=line_count, products=products, buyer=buyer, supplier=supplier)

    def keep(self, content: bytes, filename: str = "invoice.pdf", batch_id: str | None = None, key: str = "") -> Kept:
        return intake.keep(self.vault, self.actor, self.account_id, io.BytesIO(content), filename, batch_id, key)

    def keep_invoice(self, invoice: Invoice, layout: Layout = Layout.LETTERHEAD) -> str:
        """Uploads the invoice as an e-invoice, which is read without error, and has it judged. Returns the document's id."""
        document_id = self.keep(render_einvoice(invoice, layout)).document_id
        self.work()
        return document_id

    def work(self) -> int:
        """Does every job that is due, as workers would. Returns how many were done."""
        done = 0
        while job_ids := self.due_jobs():
            done += sum(perform(self.vault, job_id) for job_id in job_ids)
        return done

    def due_jobs(self) -> Sequence[str]:
        due = select(Job.id).where(Job.state == JobState.WAITING, Job.run_after <= self.vault.clock())
        with self.vault.database.reading() as session:
            return session.scalars(due.order_by(Job.id)).all()

    def document(self, document_id: str) -> Document:
        with self.vault.database.reading() as session:
            return session.get_one(Document, document_id)

    def findings(self, document_id: str) -> dict[str, Finding]:
        """What was found, by check and item (``invoice.description line 1``)."""
        with self.vault.database.reading() as session:
            judgement = session.scalars(select(Judgement).where(Judgement.document_id == document_id)).one()
            found = [load_finding(row.payload) for row in judgement.findings]
        return {f"{finding.check} {finding.item}".strip(): finding for finding in found}

    def tasks(self, document_id: str, state: TaskState = TaskState.OPEN) -> dict[str, Task]:
        """The document's tasks in this state, by check and item."""
        with self.vault.database.reading() as session:
            tasks = session.scalars(select(Task).where(Task.subject_id == document_id, Task.state == state)).all()
        return {f"{task.check_id} {task.item}".strip(): task for task in tasks}

    def journal(self) -> list[tuple[str, str]]:
        """(action, subject) of every entry, in order."""
        with self.vault.database.reading() as session:
            rows = session.execute(select(entries.c.action, entries.c.subject).order_by(entries.c.seq))
            return [(action, subject) for action, subject in rows]

    def count(self, entity: type) -> int:
        with self.vault.database.reading() as session:
            return session.scalar(select(func.count()).select_from(entity)) or 0


def open_shop(vault: Vault, *, with_catalogue: bool = True) -> Shop:
    """First use of an empty vault: an owner, a seller account and its catalogue."""
    actor, account_id = open_account(vault, make_owner(vault), make_buyer(1, "fr"))
    shop = Shop(vault, actor, account_id)
    if with_catalogue:
        import_catalogue(vault, actor, account_id, CATALOGUE)
        shop.work()
    return shop
