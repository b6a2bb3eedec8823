"""Who may use which address: one row for each endpoint. A new route without a row fails `test_access.py`."""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from vault.domain.roles import Permission


class Audience(Enum):
    """Whom an address outside a seller account is for."""

    ANYBODY = "anybody"
    SIGNED_IN = "signed in"
    ADMINISTRATOR = "administrator"
    CHIEF = "an administrator who sees every seller account"
    ITS_OWN = "the one person whose own it is: in the tests' world, the owner's"


@dataclass(frozen=True, slots=True)
class Rule:
    """`allowed`: an audience, or what one's role in the seller account of the address has to permit.

    `form` gives what a valid request sends, so that a refusal can only come from who asks.
    `values`: parts of the address that are not objects. `before_enrolment`: open while a second factor is owed.
    `needs_token` False: programs send there, to an address that is a secret in itself.
    """

    allowed: Audience | Permission
    form: Callable[[], Mapping[str, object]] = field(default=dict)
    values: Mapping[str, str | int] = field(default_factory=dict)
    before_enrolment: bool = False
    needs_token: bool = True


def a_file() -> dict[str, object]:
    return {"file": (io.BytesIO(b"%PDF-1.4 not much of one"), "invoice.pdf")}


def a_report() -> dict[str, object]:
    return {"report": (io.BytesIO(b"seller-sku\tasin1\titem-name\nS-1\tB0AAAAAAA2\tLamp\n"), "listings.txt")}


def form(**fields: str) -> Callable[[], Mapping[str, object]]:
    return lambda: dict(fields)


_ACCOUNT = form(name="N", legal_name="N SARL", street="1 rue", city="Lyon", country="FR")
_GRANT = form(kind="person", name="Mei Tan", reason="Answers buyers")
_CHOICES = form(digest="daily", digest_hour="8", digest_weekday="0", time_zone="Europe/Paris")
_ROUTINE = form(title="Look", minutes="5", rhythm="weekly", weekdays="1", day="1", owner_id="", deputy_id="")
_ANYBODY = Rule(Audience.ANYBODY, before_enrolment=True)
_SIGNED_IN = Rule(Audience.SIGNED_IN)
_SEE = Rule(Permission.SEE)

RULES: dict[str, Rule] = {
    "health.index": _ANYBODY,
    "home.index": _ANYBODY,
    "home.account": _SEE,
    "setup.owner": Rule(Audience.ANYBODY, values={"token": "used-up"}, before_enrolment=True),
    "auth.sign_in": _ANYBODY,
    "auth.code": _ANYBODY,
    "auth.sign_out": Rule(Audience.SIGNED_IN, before_enrolment=True),
    "auth.confirm": Rule(Audience.SIGNED_IN, before_enrolment=True),
    "profile.index": _SIGNED_IN,
    "profile.email": _SIGNED_IN,
    "profile.password": _SIGNED_IN,
    "profile.enrol": Rule(Audience.SIGNED_IN, before_enrolment=True),
    "profile.recovery_codes": _SIGNED_IN,
    "profile.end_other_sessions": _SIGNED_IN,
    "notice_choices.index": Rule(Audience.SIGNED_IN, _CHOICES),
    "notices.index": _SIGNED_IN,
    "notices.show": Rule(Audience.ITS_OWN),
    "notices.open_notice": Rule(Audience.ITS_OWN),
    "notices.read": Rule(Audience.ITS_OWN),
    "notices.read_all": _SIGNED_IN,
    "notices.mail_state": Rule(Audience.ADMINISTRATOR),
    "notices.test_mail": Rule(Audience.ADMINISTRATOR),
    "notices.mail_again": Rule(Audience.ADMINISTRATOR),
    "notices.stop": Rule(Audience.ANYBODY, values={"token": "forged"}, before_enrolment=True, needs_token=False),
    "accounts.index": _SIGNED_IN,
    "accounts.open_account": Rule(Audience.ADMINISTRATOR, _ACCOUNT),
    "accounts.settings": _SEE,
    "register.index": _SEE,
    "register.standing": Rule(Permission.MANAGE, form(status="active")),
    "register.add": Rule(Permission.MANAGE, form(kind="phone", value="+33 1 42 68 53 00")),
    "register.change": Rule(Permission.MANAGE, form(label="Office")),
    "register.end": Rule(Permission.MANAGE),
    "register.remove": Rule(Permission.MANAGE),
    "register.reveal": Rule(Permission.REVEAL),
    "register.lists.enter": Rule(Permission.MANAGE, form(values="phone; +33 1 42 68 53 00")),
    "register.access.index": _SEE,
    "register.access.add": Rule(Permission.MANAGE, _GRANT),
    "register.access.change": Rule(Permission.MANAGE, _GRANT),
    "register.access.end": Rule(Permission.MANAGE),
    "register.access.remove": Rule(Permission.MANAGE),
    "register.others.index": _SEE,
    "register.others.add": Rule(Permission.MANAGE, form(name="Old partner")),
    "register.others.show": _SEE,
    "register.others.change": Rule(Permission.MANAGE, form(name="Old partner")),
    "register.others.remove": Rule(Permission.MANAGE),
    "people.index": Rule(Permission.PEOPLE, form(email="new@x.example", role="auditor")),
    "people.change_role": Rule(Permission.PEOPLE, form(role="auditor")),
    "people.remove": Rule(Permission.PEOPLE),
    "people.withdraw": Rule(Permission.PEOPLE),
    "people.everyone": Rule(Audience.ADMINISTRATOR),
    "people.disable": Rule(Audience.ADMINISTRATOR),
    "people.enable": Rule(Audience.ADMINISTRATOR),
    "people.join": Rule(Audience.ANYBODY, values={"token": "used-up"}, before_enrolment=True),
    "journal.index": _SEE,
    "journal.vault": Rule(Audience.ADMINISTRATOR),
    "journal.export": Rule(Audience.CHIEF),
    "uploads.index": _SEE,
    "uploads.create": Rule(Permission.UPLOAD, a_file),
    "uploads.batch": _SEE,
    "uploads.progress": _SEE,
    "uploads.add_files": Rule(Permission.UPLOAD, a_file),
    "documents.index": _SEE,
    "documents.show": _SEE,
    "documents.page": Rule(Permission.SEE, values={"number": 1}),
    "documents.original": _SEE,
    "corrections.correct": Rule(Permission.CORRECT, form(path="number", value="R-7")),
    "corrections.withdraw": Rule(Permission.CORRECT, form(path="number")),
    "corrections.pick": Rule(Permission.CORRECT, form(product_id=""), values={"line": 0}),
    "corrections.products": Rule(Permission.CORRECT, values={"line": 0}),
    "papers.choose_kind": Rule(Permission.CORRECT, form(kind="photo")),
    "papers.describe": Rule(Permission.CORRECT, form(note="For the brand")),
    "corrections.read_again": Rule(Permission.CORRECT),
    "tasks.index": _SEE,
    "tasks.waive": Rule(Permission.MANAGE, form(until="2026-12-24", reason="Agreed with the supplier")),
    "tasks.unwaive": Rule(Permission.MANAGE),
    "tasks.board": _SEE,
    "tasks.calendar": _SEE,
    "tasks.show": _SEE,
    "tasks.add": Rule(Permission.CORRECT, form(title="Ask the supplier", severity="normal", assignee="")),
    "tasks.documents": Rule(Permission.CORRECT),
    "task_work.assign": Rule(Permission.CORRECT, form(assignee="")),
    "task_work.stage": Rule(Permission.CORRECT, form(stage="waiting")),
    "task_work.due": Rule(Permission.MANAGE, form(due_on="2026-12-24")),
    "task_work.watch": Rule(Permission.SEE, form(watch="yes")),
    "task_work.finish": Rule(Permission.CORRECT),
    "task_work.reopen": Rule(Permission.CORRECT),
    "task_work.comment": Rule(Permission.CORRECT, form(text="Asked them again")),
    "task_work.change_comment": Rule(Permission.CORRECT, form(text="Asked them twice")),
    "task_work.remove_comment": Rule(Permission.CORRECT),
    "task_work.attach": Rule(Permission.CORRECT),
    "task_work.detach": Rule(Permission.CORRECT),
    "worklist.index": _SIGNED_IN,
    "worklist.board": _SIGNED_IN,
    "worklist.calendar": _SIGNED_IN,
    "worklist.change": Rule(Audience.SIGNED_IN, form(do="assign", assignee="")),
    "worklist.undo": _SIGNED_IN,
    "worklist.keep_view": Rule(Audience.SIGNED_IN, form(name="Mine", who="me")),
    "worklist.remove_view": _SIGNED_IN,
    "today.everywhere": _SIGNED_IN,
    "today.account": _SEE,
    "routines.index": _SEE,
    "routines.take_over": Rule(Permission.MANAGE, form(kind="daily_look")),
    "routines.add": Rule(Permission.MANAGE, _ROUTINE),
    "routines.show": _SEE,
    "routines.change": Rule(Permission.MANAGE, _ROUTINE),
    "routines.pause": Rule(Permission.MANAGE),
    "routines.resume": Rule(Permission.MANAGE),
    "routines.end": Rule(Permission.MANAGE),
    "routines.occurrence": Rule(Permission.CORRECT, values={"due_on": "2026-10-31"}),
    "routines.attest": Rule(Permission.CORRECT, values={"due_on": "2026-10-31"}),
    "routines.skip": Rule(Permission.CORRECT, form(note="Closed"), values={"due_on": "2026-10-31"}),
    "routines.undo": Rule(Permission.CORRECT, values={"due_on": "2026-10-31"}),
    "absences.index": _SEE,
    "absences.remove": Rule(Permission.MANAGE),
    "suppliers.index": _SEE,
    "suppliers.show": _SEE,
    "suppliers.change": Rule(Permission.MANAGE, form(name="Another name")),
    "products.index": _SEE,
    "products.show": _SEE,
    "coverage.index": _SEE,
    "coverage.show": Rule(Permission.SEE, values={"asin": "B0AAAAAAA1"}),
    "feeds.calendar": Rule(Audience.ANYBODY, values={"token": "used-up"}, before_enrolment=True),
    "feeds.index": _SIGNED_IN,
    "feeds.renew": _SIGNED_IN,
    "feeds.revoke": _SIGNED_IN,
    "webhooks.index": Rule(Permission.MANAGE, form(url="https://hooks.example/a", events="task.opened")),
    "webhooks.show": Rule(Permission.MANAGE, form(url="https://hooks.example/b", events="task.done")),
    "webhooks.renew_secret": Rule(Permission.MANAGE),
    "webhooks.pause": Rule(Permission.MANAGE),
    "webhooks.resume": Rule(Permission.MANAGE),
    "webhooks.remove": Rule(Permission.MANAGE),
    "webhooks.ping": Rule(Permission.MANAGE),
    "webhooks.redeliver": Rule(Permission.MANAGE),
    "imports.index": _SEE,
    "imports.create": Rule(Permission.IMPORT, a_report),
    "imports.show": _SEE,
    "security.index": _SEE,
    "security.attest": Rule(Permission.CORRECT, form(done_on="2026-10-30"), values={"control": "contact"}),
    "security.take_back": Rule(Permission.CORRECT),
    "security.retire": Rule(Permission.CORRECT),
    "security.intervals": _SEE,
    "emergencies.open_": Rule(Permission.CORRECT),
    "emergencies.show": _SEE,
    "emergencies.describe": Rule(Permission.CORRECT, form(noticed="An unknown sign-in")),
    "emergencies.answer": Rule(Permission.CORRECT, form(state="done"), values={"step": "mailbox"}),
    "emergencies.close": Rule(Permission.MANAGE, form(conclusion="Phishing")),
    "emergencies.call_off": Rule(Permission.MANAGE, form(conclusion="It was the accountant")),
    "links.everywhere": _SIGNED_IN,
    "links.pair": _SEE,
    "links.withdraw": Rule(Permission.MANAGE),
    "link_values.confirm": Rule(Permission.MANAGE, form(key="0" * 32)),
    "link_values.withdraw": Rule(Permission.MANAGE),
    "links.account": _SEE,
    "links.what_if": Rule(Permission.MANAGE, form(kind="phone", value="+33 1 42 68 53 00")),
    "audits.index": _SEE,
    "audits.begin": Rule(Permission.CORRECT, form(text="Send us invoices for B0AAAAAAA1.")),
    "audits.show": _SEE,
    "audits.gathering": _SEE,
    "audits.confirm_notice": Rule(Permission.CORRECT, form(kind="a_to_z", noticed_on="2026-10-30", language="en")),
    "audits.acknowledge": Rule(Permission.CORRECT),
    "audits.move": Rule(Permission.MANAGE, form(to="ready")),
    "audits.give": Rule(Permission.CORRECT),
    "audits.note_event": Rule(Permission.CORRECT, form(kind="note", text="They called.")),
    "audits.choose": Rule(Permission.CORRECT, form(part="identity", decision="out", document_id="0" * 26)),
    "audits.pick": Rule(Permission.CORRECT, values={"part": "identity"}),
    "audit_notice.keep": Rule(Permission.CORRECT, values={"number": 0}),
    "letters.show": Rule(Permission.SEE, values={"kind": "answer"}),
    "letters.edit": Rule(Permission.CORRECT, form(text="Dear team"), values={"kind": "answer"}),
    "letters.anew": Rule(Permission.CORRECT, values={"kind": "answer"}),
    "letters.download": Rule(Permission.SEE, values={"kind": "answer"}),
    "letters.points": Rule(Permission.CORRECT, form(root_cause="An old address")),
    "letters.sent": Rule(Permission.CORRECT),
    "letters.not_sent": Rule(Permission.CORRECT),
    "letters.not_acknowledged": Rule(Permission.CORRECT),
    "reports.index": _SEE,
    "reports.make": Rule(Permission.CORRECT, form(month="2026-10")),
    "reports.mail": Rule(Permission.SEE, form(wanted="yes")),
    "reports.making": Rule(Permission.SEE, values={"month": "2026-10"}),
    "reports.show": _SEE,
    "reports.page": _SEE,
    "reports.file": Rule(Permission.SEE, values={"format_": "json"}),
    "reports.sign": Rule(Permission.MANAGE),
    "audit_guests.index": Rule(Permission.MANAGE, form(name="Counsel", days="7")),
    "audit_guests.preview": Rule(Permission.MANAGE),
    "audit_guests.revoke": Rule(Permission.MANAGE),
    "guests.enter": Rule(Audience.ANYBODY, form(code="forged"), before_enrolment=True),
    "guests.show": _ANYBODY,
    "guests.original": _ANYBODY,
    "guests.leave": _ANYBODY,
    "bundles.create": Rule(Permission.CORRECT, form(sheet="A4", channel="no_limit")),
    "bundles.show": _SEE,
    "bundles.again": Rule(Permission.CORRECT),
    "bundles.sent": Rule(Permission.MANAGE, form(channel="Reply in the case")),
    "further.index": _SEE,
    "further.begin": Rule(Permission.MANAGE, form(name="Garden tools")),
    "further.show": _SEE,
    "further.plan": Rule(Permission.MANAGE, form(name="Garden tools")),
    "further.papers": Rule(Permission.MANAGE, values={"purpose": "brands"}),
    "further.add_paper": Rule(Permission.MANAGE, form(document_id="0" * 26), values={"purpose": "brands"}),
    "further.remove_paper": Rule(Permission.MANAGE),
    "further.add_value": Rule(Permission.MANAGE, form(kind="bank_account", value="not one")),
    "further.remove_value": Rule(Permission.MANAGE),
    "further.state_standing": Rule(Permission.MANAGE),
    "further.change_state": Rule(Permission.MANAGE, form(to="dropped")),
    "further.folder": _SEE,
}
# Where a form changes what the page only shows, the form needs more than the page.
CHANGES: dict[str, Rule] = {
    "accounts.settings": Rule(Permission.MANAGE, _ACCOUNT),
    "links.pair": Rule(Permission.MANAGE, form(kind="other", reason="One switchboard")),
    "security.intervals": Rule(Permission.MANAGE, form(**{"security.password.reminder_days": "60"})),
}


def rule_for(endpoint: str, method: str) -> Rule:
    """Raises KeyError for an endpoint without a row."""
    return CHANGES[endpoint] if method != "GET" and endpoint in CHANGES else RULES[endpoint]
