"""The running vault: the parts that services work with, put together once and passed down."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from vault.checks.registry import require_known_checks
from vault.config import Settings
from vault.db.session import Database
from vault.journal.guard import guard
from vault.letters.registry import require_known_rules
from vault.reading.sandbox.reader import SandboxedReader
from vault.rules.book import RuleBook
from vault.rules.loader import load_rules
from vault.sandbox.limits import Limits
from vault.services.catalogue.catalogue import Matchers
from vault.services.jobs.queue import JobQueue
from vault.services.journal.guarded import guarded_tables
from vault.services.notices.mail_server import mail_server
from vault.services.secrets import Secrets, load_secrets
from vault.services.stores import make_store
from vault.services.webhooks.targets import Way, allowed_networks
from vault.store.protocol import ObjectStore


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Vault:
    """Everything a service needs. Made by `open_vault`; tests make one on a folder of their own.

    `reader` and `matchers` start empty and stay warm: a process that never reads nor matches pays nothing for them.
    `clock` gives the aware current time, so that a test can live on another day. `way_out`: where webhooks may go.
    """

    settings: Settings
    database: Database
    store: ObjectStore
    rules: RuleBook
    queue: JobQueue
    secrets: Secrets
    reader: SandboxedReader
    matchers: Matchers
    clock: Callable[[], datetime] = utc_now
    way_out: Way = Way()

    def close(self) -> None:
        self.reader.close()
        self.queue.close()
        self.database.close()


def open_vault(settings: Settings, clock: Callable[[], datetime] = utc_now) -> Vault:
    """Opens the parts that `settings` name. Raises Misconfigured where they cannot work together."""
    mail_server(settings)  # one that cannot be used is better known now than with the first mail
    rules = load_rules(settings.rules_file)
    require_known_checks(rules)
    require_known_rules(rules)
    database = Database(settings.database)
    guard(database.writing, guarded_tables())
    return Vault(
        settings=settings,
        database=database,
        store=make_store(settings),
        rules=rules,
        queue=JobQueue(settings.queue),
        secrets=load_secrets(settings),
        reader=make_reader(settings),
        matchers=Matchers(),
        clock=clock,
        way_out=Way(allowed_networks(settings.webhook_allow)),
    )


def make_reader(settings: Settings) -> SandboxedReader:
    """A reader within the limits of `settings`; it starts with the first document."""
    limits = Limits(
        seconds=settings.read_seconds, memory=settings.read_memory, size=settings.max_upload, pages=settings.read_pages
    )
    return SandboxedReader(limits, allow_unsandboxed=settings.allow_unsandboxed)
