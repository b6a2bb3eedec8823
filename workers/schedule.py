"""The schedule: what is done how often. A table, read by the scheduler process."""

from collections.abc import Callable
from dataclasses import dataclass

from vault.services import figures
from vault.services.documents import rereading
from vault.services.jobs import upkeep
from vault.services.jobs.reconciler import reconcile
from vault.services.notices import digests, mails, new_tasks, old_notices, reminders, unreachable
from vault.services.people import web_sessions
from vault.services.reports import monthly
from vault.services.tasks import waivers
from vault.services.vault import Vault
from vault.services.webhooks import deliveries


@dataclass(frozen=True, slots=True)
class Duty:
    """Something to do every `seconds`. It may run twice and at any time: what it does depends on the rows alone."""

    name: str
    seconds: float
    do: Callable[[Vault], object]


SCHEDULE = (
    Duty("send jobs again that no worker has", 5, reconcile),
    Duty("send what webhooks wait for", 5, deliveries.send_due),
    Duty("tell webhooks what fell overdue", 600, deliveries.announce_overdue),
    Duty("forget old deliveries", 6 * 3600, deliveries.forget_old),
    Duty("end waivers", 600, waivers.end_waivers),
    Duty("judge again after midnight", 600, upkeep.begin_day),
    Duty("make the reports of last month", 600, monthly.begin_reports),
    Duty("read every kept byte once a week", 3600, upkeep.begin_scrub),
    Duty("read again what an older reader has read", 60, rereading.read_outdated),
    Duty("remind people of their tasks", 30, reminders.sweep),
    Duty("tell how many tasks yesterday brought", 600, new_tasks.tell_new_tasks),
    Duty("tell owners of tasks in hands that nothing reaches", 600, unreachable.tell_unreachable),
    Duty("gather notifications into mails", 30, digests.gather),
    Duty("send mails", 15, mails.queue_sending),
    Duty("count how every seller account stands", 600, figures.count_day),
    Duty("forget old jobs", 6 * 3600, upkeep.forget_old_jobs),
    Duty("forget old notifications", 6 * 3600, old_notices.forget_old_notices),
    Duty("forget ended sessions", 3600, web_sessions.sweep),
)
