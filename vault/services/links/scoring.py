"""Scoring links: what every pair of accounts shares, kept up to date after each change.

`holder_changed` looks only at what meets the changed account through an index of keyed fingerprints. It takes the one
lock of scoring, so it is called after everything else in a transaction, right before the journal is written.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.links import Link
from vault.db.entities.register import OtherAccount
from vault.db.queries.links import Holder, read_holders
from vault.domain.ids import new_id
from vault.domain.links import Contribution
from vault.linking.catalogue import overlap_matches
from vault.linking.meeting import Match, Pair, meetings
from vault.linking.scoring import Explained, score_of, weigh
from vault.services.findings import digest
from vault.services.jobs import jobs
from vault.services.jobs.heartbeat import kept_alive
from vault.services.journal.notes import MACHINE, Note, record
from vault.services.links.catalogue import compare_catalogues, imports_so_far, kept_overlaps, store_overlaps
from vault.services.links.judging import LinkRules, link_findings, link_rules, reconcile, sides_of
from vault.services.links.keys import gather_keys, keys_met, store_keys
from vault.services.links.older import name_values
from vault.services.links.rows import (
    confirmations_of,
    dump_contribution,
    explained,
    explanations_of,
    links_with,
    lock_scoring,
)
from vault.services.vault import Vault


@dataclass(frozen=True, slots=True)
class Rescored:
    """What scoring came to. `changed` links say something else now."""

    links: int
    changed: int


def holder_changed(session: Session, vault: Vault, holder_id: str, actor_id: str = MACHINE) -> list[Note]:
    """Scores every pair of this account again: a value of it has changed, or who has access to it.

    Call it after the change was flushed and after every other `reconcile`, and record the notes at once. Tasks of
    pairs open and close. Changes nothing and returns nothing where nothing has changed.
    """
    return _rescore(session, vault, {holder_id}, actor_id)


def holders_changed(session: Session, vault: Vault, holder_ids: Collection[str], actor_id: str) -> list[Note]:
    """As `holder_changed`, for several accounts at once."""
    return _rescore(session, vault, set(holder_ids), actor_id) if holder_ids else []


def pair_changed(session: Session, vault: Vault, link: Link, actor_id: str) -> list[Note]:
    """As `holder_changed`, after a change of what explains the link."""
    return _rescore(session, vault, {link.low_id}, actor_id)


def rescore_all(vault: Vault, actor_id: str = MACHINE, *, catalogues: bool = False) -> Rescored:
    """Scores all pairs of all accounts from the register. `catalogues`: these are compared again too."""
    with vault.database.transaction() as session:
        lock_scoring(session).rules_version = vault.rules.version
        if catalogues:
            store_overlaps(session, compare_catalogues(session))
        scoring = _Scoring(session, vault, None, actor_id)
        record(session, vault, scoring.run())
    return Rescored(scoring.links, scoring.changed)


def compare_catalogue(vault: Vault, lease: jobs.Lease) -> None:
    """After an import: what the seller account's catalogue has in common with all others. Raises LeaseLost."""
    account_id = lease.subject_id
    with kept_alive(vault, lease), vault.database.reading() as session:  # not while a transaction makes others wait
        so_far = imports_so_far(session)
        found = compare_catalogues(session, account_id)
    with jobs.effect(vault, lease) as session:
        lock_scoring(session)
        if imports_so_far(session) != so_far:
            found = compare_catalogues(session, account_id)
        store_overlaps(session, found, account_id)
        record(session, vault, _rescore(session, vault, {account_id}, MACHINE))


def judge(session: Session, vault: Vault, account_id: str, actor: str = MACHINE) -> list[Note]:
    """The day's look at the pairs of an account and of the others known by it: explanations end, values were given up."""
    others = select(OtherAccount.id).where(OtherAccount.account_id == account_id)
    return _rescore(session, vault, {account_id, *session.scalars(others)}, actor)


def _rescore(session: Session, vault: Vault, holder_ids: Collection[str], actor: str) -> list[Note]:
    state = lock_scoring(session)
    if state.rules_version == vault.rules.version:
        return _Scoring(session, vault, holder_ids, actor).run()
    if not state.rules_version:  # the first time: nothing was ever compared
        store_overlaps(session, compare_catalogues(session))
    state.rules_version = vault.rules.version
    return _Scoring(session, vault, None, actor).run()


@dataclass(slots=True)
class _Scoring:
    """One round: scores the pairs with one of `about` (None: all pairs). The caller holds the lock."""

    session: Session
    vault: Vault
    about: Collection[str] | None
    actor: str
    links: int = 0
    changed: int = 0
    _rules: LinkRules = field(init=False)

    def run(self) -> list[Note]:
        """Returns the changes for the journal."""
        self._rules = link_rules(self.vault)
        kept = links_with(self.session, self.about)
        shared = self._shared()
        holders = read_holders(
            self.session, None if self.about is None else {each for pair in {*shared, *kept} for each in pair}
        )
        given = explanations_of(self.session, (link.id for link in kept.values()))
        confirmed = confirmations_of(self.session, (row for rows in given.values() for row in rows))
        notes: list[Note] = []
        for pair in sorted({*shared, *kept}):
            low, high = holders[pair[0]], holders[pair[1]]
            if low.is_other and high.is_other:
                continue
            link, matches = kept.get(pair), shared.get(pair, ())
            rows = given.get(link.id, []) if link else []
            if link:
                notes += name_values(self.session, link, rows, matches, self.actor)
            why = [explained(row, confirmed.get(row.id, ())) for row in rows]
            notes += self._score(link, low, high, matches, why)
        if self.changed:
            notes.insert(0, Note("links.scored", self._subject(), self.actor, None, {"links": self.changed}))
        return notes

    def _shared(self) -> Mapping[Pair, Sequence[Match]]:
        """What each pair shares: values, people, products."""
        weights = self._rules.weights
        keys = gather_keys(self.session, self.vault, weights, self.about)
        store_keys(self.session, self.vault, keys, self.about)
        others = () if self.about is None else keys_met(self.session, self.vault, keys, self.about)
        shared = meetings((*keys, *others), weights, self._rules.today, self.about)
        for pair, overlap in kept_overlaps(self.session, self.about).items():
            shared.setdefault(pair, []).extend(overlap_matches(overlap, weights))
        return shared

    def _score(
        self, link: Link | None, low: Holder, high: Holder, matches: Iterable[Match], why: Sequence[Explained]
    ) -> list[Note]:
        contributions = weigh(matches, self._rules.weights, why, self._rules.today)
        if link is None and not contributions:
            return []
        self.links += 1
        sides = sides_of(low, high)
        findings = link_findings(self._rules, sides, contributions, why)
        said = digest(findings)
        before = (link.contributions, link.findings) if link else None
        link = link or self._new_link(low, high)
        self._write(link, contributions)
        link.findings = said
        if before == (link.contributions, said):
            return []
        self.changed += 1
        self.session.flush()
        return reconcile(self.session, self.vault, link, sides, findings, self.actor)

    def _new_link(self, low: Holder, high: Holder) -> Link:
        link = Link(
            id=new_id(),
            low_id=low.id,
            high_id=high.id,
            low_account_id=low.account_id,
            high_account_id=high.account_id,
            contributions=None,
            scored_at=self.vault.clock(),
        )
        self.session.add(link)
        return link

    def _write(self, link: Link, contributions: Sequence[Contribution]) -> None:
        said = [dump_contribution(item) for item in contributions]
        if link.contributions != said:
            link.score, link.contributions = score_of(contributions), said
            link.scored_at = self.vault.clock()

    def _subject(self) -> str:
        return "all" if self.about is None else ",".join(sorted(self.about))[:100]
