"""How well a seller account is protected: its security duties as people look at them, and counted."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.security import ControlAttestation, ControlState, Emergency
from vault.domain.findings import Finding, Outcome, Severity
from vault.domain.roles import Permission
from vault.domain.security import PERSONAL, Control
from vault.services.access import Actor
from vault.services.browsing import names_of
from vault.services.routines.standing import DutyStanding, standing
from vault.services.security.control_history import Latest, history, latest, mistakes
from vault.services.security.emergency_steps import CHECK as EMERGENCY
from vault.services.security.facts import last_emergency, papers, people_with_access
from vault.services.security.judging import findings_of
from vault.services.vault import Vault

# The control that people attest to answer for a check; the others bear the check's own name.
_ANSWERED_BY = {"password_kept": Control.PASSWORD, "papers": Control.PAPER}
# The routines of another page that are part of the account's security.
_ROUTINES = ("daily_look", "deep_review")
_WORST_FIRST = (Outcome.FAIL, Outcome.UNKNOWN, Outcome.WARN, Outcome.PASS, Outcome.NOT_APPLICABLE)
_MOST_EVENTS = 100


@dataclass(frozen=True, slots=True)
class Standing:
    """How many findings about an account's security duties have each outcome. `unknown` ones are never `ok`."""

    ok: int = 0
    warn: int = 0
    fail: int = 0
    unknown: int = 0

    @property
    def total(self) -> int:
        return self.ok + self.warn + self.fail + self.unknown


@dataclass(frozen=True, slots=True)
class Duty:
    """One finding about a duty, and the attestation that it stands on, if there is one.

    `about`: the access grant or the paper to name when attesting it, empty for the account itself or a new paper.
    `due_on`: when it has to be done again, or when the paper expires.
    """

    finding: Finding
    control: Control
    about: str
    attested: ControlAttestation | None

    @property
    def due_on(self) -> date | None:
        due_on = self.finding.why.get("due_on")
        return date.fromisoformat(due_on) if due_on else None


@dataclass(frozen=True, slots=True)
class PersonDuties:
    """What one person with access has to see to: `duties` by check."""

    grant_id: str
    name: str
    duties: Mapping[str, Duty] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Overview:
    """The security of one seller account. `duties`: all of them, the worst first; `people` has the personal ones again.

    `routines`: the daily look and the deep review, None where nobody has taken them over. `events`: the latest
    attestations, newest first; `last_alarm`: the emergency, running or past, after which passwords had to be renewed;
    `taken_back`: the ids of those that were mistakes. `names`: people by id.
    """

    standing: Standing
    duties: tuple[Duty, ...]
    people: tuple[PersonDuties, ...]
    papers: tuple[ControlAttestation, ...]
    routines: Mapping[str, DutyStanding | None]
    emergency: Emergency | None
    last_alarm: Emergency | None
    past_emergencies: tuple[Emergency, ...]
    events: tuple[ControlAttestation, ...]
    taken_back: frozenset[str]
    names: Mapping[str, str]


def overview(vault: Vault, actor: Actor, account_id: str) -> Overview:
    """The account's security as it is now. Raises NotFound."""
    actor.require(Permission.SEE, account_id)
    with vault.database.reading() as session:
        known, events = latest(session, account_id), history(session, account_id, _MOST_EVENTS)
        found = [each for each in findings_of(session, vault, account_id, known) if each.check != EMERGENCY]
        duties = sorted((_duty(each, known) for each in found), key=_gravity)
        emergencies = _emergencies(session, account_id)
        grants = people_with_access(session, vault, account_id)
        people = tuple(PersonDuties(each.id, each.name, _of_person(duties, each.id)) for each in grants)
        who = {event.attested_by for event in events} | {each.opened_by for each in emergencies}
        return Overview(
            standing=_standing(found),
            duties=tuple(duties),
            people=people,
            papers=tuple(papers(known)),
            routines={kind: standing(session, vault, account_id, kind) for kind in _ROUTINES},
            emergency=next((each for each in emergencies if each.ended_as is None), None),
            last_alarm=last_emergency(session, account_id),
            past_emergencies=tuple(each for each in emergencies if each.ended_as is not None),
            events=tuple(events),
            taken_back=mistakes(session, account_id),
            names=names_of(session, who),
        )


def figures(session: Session, account_ids: Iterable[str]) -> Mapping[str, Standing]:
    """How each of these seller accounts stood when it was last judged; all zero for one that never was."""
    ids = list(account_ids)
    rows = session.execute(
        select(
            ControlState.account_id,
            ControlState.passed,
            ControlState.warned,
            ControlState.failed,
            ControlState.unknown,
        ).where(ControlState.account_id.in_(ids))
    )
    known = {account_id: Standing(*counts) for account_id, *counts in rows}
    return {account_id: known.get(account_id, Standing()) for account_id in ids}


def _duty(finding: Finding, known: Latest) -> Duty:
    name = finding.check.partition(".")[2]
    control = _ANSWERED_BY.get(name) or Control(name)
    is_named = control in PERSONAL or (control.value, finding.item) in known
    about = finding.item if is_named else ""
    return Duty(finding, control, about, known.get((control, about)))


def _gravity(duty: Duty) -> tuple[int, int, date]:
    finding = duty.finding
    severity = list(Severity).index(finding.severity)
    return _WORST_FIRST.index(finding.outcome), severity, duty.due_on or date.max


def _of_person(duties: Iterable[Duty], grant_id: str) -> Mapping[str, Duty]:
    return {each.finding.check: each for each in duties if each.control in PERSONAL and each.about == grant_id}


def _standing(findings: Iterable[Finding]) -> Standing:
    counts = Counter(finding.outcome for finding in findings)
    return Standing(counts[Outcome.PASS], counts[Outcome.WARN], counts[Outcome.FAIL], counts[Outcome.UNKNOWN])


def _emergencies(session: Session, account_id: str) -> list[Emergency]:
    wanted = select(Emergency).where(Emergency.account_id == account_id)
    return list(session.scalars(wanted.order_by(Emergency.opened_at.desc(), Emergency.id.desc())))
