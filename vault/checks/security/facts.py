"""The facts that security checks judge: what people have attested about one seller account."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Attested:
    """The attestation that counts: the day on which the duty was done, and what was said about it."""

    done_on: date
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with access to the seller account on Amazon. None: never attested.

    `must_renew`: the password has not been renewed since the account was reported as compromised.
    """

    id: str
    name: str
    two_step: Attested | None = None
    password: Attested | None = None
    training: Attested | None = None
    must_renew: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """An identity or company paper. `expires_on`: None where it is not known, or where the paper `never_expires`.

    `kind` is an `IdentityPaper`.
    """

    id: str
    kind: str
    holder: str
    expires_on: date | None
    has_copy: bool
    never_expires: bool = False


@dataclass(frozen=True, slots=True)
class SecurityFacts:
    """One seller account as of `today`. `emergency_steps`: what is still to do in its emergency, empty without one."""

    today: date
    people: tuple[Person, ...] = ()
    papers: tuple[Paper, ...] = ()
    alerts: Attested | None = None
    contact: Attested | None = None
    access_review: Attested | None = None
    emergency_steps: tuple[str, ...] = ()
