"""`sellervault task`: the work list, for whoever runs the service and has its terminal."""

from datetime import datetime

import click
from rich.console import Console
from rich.table import Table

from vault.cli.named import account_of, problems_named
from vault.cli.opening import opened_vault
from vault.cli.table import plain
from vault.db.entities.work import Task, TaskStage, TaskState
from vault.db.queries.tasks import NOBODY, TaskFilter
from vault.domain.findings import Severity
from vault.domain.message import Message
from vault.services.access import TERMINAL
from vault.services.people import rescue
from vault.services.tasks import comments as task_comments
from vault.services.tasks import pages as task_pages
from vault.services.tasks import tasks_work, waivers, worklist
from vault.services.tasks.changes import assigning


@click.group(help="Tasks: list them, show one, give it to somebody, comment, waive, close.")
def task() -> None:
    pass


@task.command("list", help="Tasks of a seller account, the earliest due first; of all of them without an account.")
@click.argument("account_id", required=False)
@click.option("--state", type=click.Choice([each.value for each in TaskState]), default=TaskState.OPEN.value)
@click.option("--severity", type=click.Choice([each.value for each in Severity]))
@click.option("--stage", type=click.Choice([each.value for each in TaskStage]))
@click.option("--assignee", help="E-mail of who does it, or “nobody”.")
@click.option("--text", default="", help="Words of the task, the file or the supplier.")
@click.option("--at", help="Where the page before ended.")
def list_(
    account_id: str | None,
    state: str,
    severity: str | None,
    stage: str | None,
    assignee: str | None,
    text: str,
    at: str | None,
) -> None:
    with opened_vault() as vault, problems_named():
        who = assignee if assignee in (None, NOBODY) else rescue.find_user(vault, assignee).id
        wanted = TaskFilter(
            state=state, severity=severity or "", stage=stage or "", assignee_id=who or "", text=text.strip()
        )
        found = worklist.list_tasks(vault, rescue.everywhere(vault, TERMINAL), account_id, wanted, at)
    table = Table("Due", "Severity", "Task", "About", "Who", "How far")
    table.add_column("Id", no_wrap=True)
    for row in found.page.page.rows:
        title, about = plain(str(Message(**row.title))), plain(row.filename or row.subject_type)
        who = found.people.get(row.assignee_id or "", "")
        table.add_row(row.due_on.isoformat(), row.severity, title, about, plain(who), row.stage, row.id)
    Console().print(table)
    if found.page.page.next:
        click.echo(f"More: add --at {found.page.page.next}")


@task.command(help="One task: what was found, what to do, what was said, what happened.")
@click.argument("task_id")
def show(task_id: str) -> None:
    with opened_vault() as vault:
        file = task_pages.read_task(
            vault, rescue.everywhere(vault, TERMINAL), account_of(vault, Task, task_id), task_id
        )
    found = file.task
    say = Console(highlight=False).print
    say(f"[bold]{plain(str(Message(**found.title)))}[/]")
    if found.advice:
        say(plain(str(Message(**found.advice))))
    who = file.people.get(found.assignee_id or "", "nobody yet")
    say(f"{found.severity}, {found.state}, {found.stage}, due {found.due_on.isoformat()}, {plain(who)}")
    rule = f" under {file.finding.rule}" if file.finding and file.finding.rule else ""
    say(f"{found.check_id}{rule}, about {plain(found.subject_type)} {plain(found.subject_id)}")
    for document in file.attachments:
        say(f"attached: {plain(document.filename)}")
    for comment in file.comments:
        name = plain(file.people.get(comment.author_id, comment.author_id))
        say(f"{comment.made_at:%Y-%m-%d %H:%M} {name}: {plain(comment.text) or '(removed)'}")
    for event in file.history:
        say(f"[dim]{event.at:%Y-%m-%d %H:%M} {event.action} by {plain(file.people.get(event.who, event.who))}[/]")


@task.command(help="Give a task to a person; to nobody with “nobody”.")
@click.argument("task_id")
@click.argument("email")
def assign(task_id: str, email: str) -> None:
    with opened_vault() as vault, problems_named():
        user_id = None if email == NOBODY else rescue.find_user(vault, email).id
        tasks_work.change_task(vault, rescue.everywhere(vault, TERMINAL), task_id, assigning(user_id))
    click.echo(f"Given to {email}.")


@task.command(help="Say something on a task, in the name of a person who may work on it.")
@click.argument("task_id")
@click.argument("text")
@click.option("--as", "email", required=True, help="E-mail of who says it.")
def comment(task_id: str, text: str, email: str) -> None:
    with opened_vault() as vault, problems_named():
        task_comments.add_comment(vault, rescue.find_user(vault, email).actor(), task_id, text)
    click.echo("Said.")


@task.command(help="Set a task aside until the end of a day, with the reason why it does not matter.")
@click.argument("task_id")
@click.option("--reason", required=True)
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), required=True)
def waive(task_id: str, reason: str, until: datetime) -> None:
    with opened_vault() as vault, problems_named():
        waivers.waive(vault, rescue.everywhere(vault, TERMINAL), task_id, reason, until.date())
    click.echo(f"Waived until {until.date()}.")


@task.command(help="Close a task that was added by hand. Tasks of checks close by themselves.")
@click.argument("task_id")
def done(task_id: str) -> None:
    with opened_vault() as vault, problems_named():
        tasks_work.finish(vault, rescue.everywhere(vault, TERMINAL), task_id)
    click.echo("Done.")
