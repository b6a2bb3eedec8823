"""What surrounds the invoices of the demonstration: a second seller account, a former partner's, people, duties.

Enough is missing, shared or late that every page has something to show.
"""

from datetime import timedelta
from random import Random

from sqlalchemy import select

from tests.first_use import Owner, open_account
from tests.invoices.identifiers import bank_account
from tests.invoices.model import Address, Party
from vault.db.entities.routines import Routine
from vault.domain.events import Event
from vault.domain.links import ExplanationKind
from vault.domain.register import AttributeKind, GrantKind
from vault.domain.roles import Role
from vault.domain.security import AlertKind, Control, IdentityPaper, TwoStepMethod
from vault.services.access import Actor
from vault.services.days import today
from vault.services.further import further
from vault.services.links.explanations import NewExplanation, explain
from vault.services.links.links import pairs
from vault.services.register.access_grants import GrantDetails, add_grant
from vault.services.register.entries import EntryDetails, add_entry
from vault.services.register.other_accounts import OtherDetails, add_other
from vault.services.routines import attestations, routines
from vault.services.security import control_records
from vault.services.security.control_statements import Statement
from vault.services.vault import Vault
from vault.services.webhooks import webhooks

SECOND_BUYER = Party(
    name="Lavandine Maison SAS",
    address=Address(("18 quai des Tisserands", "69002 Lyon"), "18 quai des Tisserands", "69002", "Lyon", "FR"),
)
# The network that documentation may use for examples (RFC 5737).
OFFICE, HOME = "203.0.113.17", "203.0.113.94"


def furnish(vault: Vault, owner: Owner, first_id: str) -> Actor:
    """Fills the registers, the duties and the routines. Returns the owner, who sees both seller accounts now."""
    _, second_id = open_account(vault, owner, SECOND_BUYER, "DE")
    person = owner.actor
    actor = Actor(person.id, person.name, {first_id: Role.OWNER, second_id: Role.OWNER}, is_administrator=True)
    _fill_registers(vault, actor, first_id, second_id)
    _explain_the_address(vault, actor)
    _let_people_in(vault, actor, first_id, second_id)
    _begin_routines(vault, actor, first_id)
    _plan_a_further_account(vault, actor, first_id)
    _tell_another_program(vault, actor, first_id)
    return actor


def _fill_registers(vault: Vault, actor: Actor, first_id: str, second_id: str) -> None:
    rng = Random(11)
    partner = add_other(
        vault, actor, first_id, OtherDetails("Comptoir Marchand", relation="A former partner's account")
    )
    entered = (
        (first_id, AttributeKind.BANK_ACCOUNT, bank_account(rng, "FR"), "Takings"),
        (first_id, AttributeKind.IP_ADDRESS, OFFICE, "Office"),
        (first_id, AttributeKind.PHONE, "+33 4 72 00 11 22", "Office"),
        (first_id, AttributeKind.EMAIL, "compte@lavandine.example", "Sign-in"),
        (
            first_id,
            AttributeKind.ADDRESS,
            "12 rue des Tanneurs, 69007 Lyon, France",
            "Returns, the gate behind the yard",
        ),
        (first_id, AttributeKind.DEVICE, "PF4RQ71Z", "Laptop of the office"),
        (second_id, AttributeKind.BANK_ACCOUNT, bank_account(rng, "FR"), "Takings"),
        (second_id, AttributeKind.IP_ADDRESS, HOME, "Home"),
        (second_id, AttributeKind.PHONE, "+33 4 72 00 11 22", "Office"),
        (second_id, AttributeKind.EMAIL, "maison@lavandine.example", "Sign-in"),
        (partner.id, AttributeKind.DEVICE, "PF4RQ71Z", "Sold to us in spring"),
    )
    for holder_id, kind, text, label in entered:
        add_entry(vault, actor, holder_id, kind, text or "", EntryDetails(label))


def _explain_the_address(vault: Vault, actor: Actor) -> None:
    reason = "Two companies of one owner in one building; Amazon was told before the second account was opened."
    until = today(vault) + timedelta(days=20)
    for pair in pairs(vault, actor):
        if {pair.low.id, pair.high.id} == set(actor.account_ids):
            explain(vault, actor, pair.id, NewExplanation(ExplanationKind.OTHER, reason, valid_until=until))


def _let_people_in(vault: Vault, actor: Actor, first_id: str, second_id: str) -> None:
    now = today(vault)
    since = now - timedelta(days=420)
    details = (
        GrantDetails(GrantKind.PERSON, actor.name, "ada@lavandine.example", "Owner", "Runs it", since, since),
        GrantDetails(
            GrantKind.PERSON, "Noor Lambert", "noor@lavandine.example", "Orders and messages", "Assistant", since
        ),
        GrantDetails(GrantKind.TOOL, "Prixvif", "", "Prices", "Keeps prices in step", since, left_on=now),
    )
    ada, noor, _ = [add_grant(vault, actor, first_id, each) for each in details]
    add_grant(vault, actor, second_id, details[0])
    both = {"primary_method": TwoStepMethod.APP, "primary_device": "Ada's phone"}
    backup = {"backup_method": TwoStepMethod.SECURITY_KEY, "backup_device": "Key in the safe"}
    attested = (
        Statement(Control.TWO_STEP, now - timedelta(days=12), ada.id, details={**both, **backup}),
        Statement(Control.PASSWORD, now - timedelta(days=30), ada.id, details={"unique": "yes", "manager": "yes"}),
        Statement(Control.PASSWORD, now - timedelta(days=120), noor.id, details={"unique": "yes", "manager": "yes"}),
        Statement(Control.ALERTS, now - timedelta(days=9), details=dict.fromkeys(AlertKind, "yes")),
        Statement(Control.PAPER, now, details=_paper(IdentityPaper.IDENTITY, actor.name, now + timedelta(days=25))),
    )
    for statement in attested:
        control_records.attest(vault, actor, first_id, statement)


def _paper(kind: IdentityPaper, holder: str, expires_on: object) -> dict[str, str]:
    return {"kind": kind, "holder": holder, "expires_on": str(expires_on)}


def _begin_routines(vault: Vault, actor: Actor, account_id: str) -> None:
    routines.take_over(vault, actor, account_id, [duty.kind for duty in vault.rules.duties])
    with vault.database.reading() as session:
        daily_look = session.scalars(select(Routine.id).where(Routine.kind == "daily_look")).one()
    attestations.attest(vault, actor, account_id, daily_look, today(vault))


def _plan_a_further_account(vault: Vault, actor: Actor, account_id: str) -> None:
    plan = further.Plan(
        "Garden tools",
        reason="A brand of its own, bought from makers that the first company does not work with.",
        run_by="Noor Lambert, from the office in Villeurbanne and on its own computer.",
    )
    further.open_file(vault, actor, account_id, plan)


def _tell_another_program(vault: Vault, actor: Actor, account_id: str) -> None:
    url = "https://hooks.lavandine.example/vault"
    made, _ = webhooks.create(vault, actor, account_id, url, [Event.TASK_OPENED, Event.TASK_OVERDUE])
    webhooks.ping(vault, actor, account_id, made.id)
