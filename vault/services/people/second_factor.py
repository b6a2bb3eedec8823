"""The second factor: time-based codes (RFC 6238) and the recovery codes for the day the phone is lost."""

import hmac
import secrets
import unicodedata

import pyotp
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from vault.db.entities.people import RecoveryCode, User
from vault.domain.errors import Invalid
from vault.domain.message import N_, Message
from vault.journal.writer import append
from vault.services.people import throttle
from vault.services.people.credentials import retire_sessions, user_for_change
from vault.services.people.users import Person, person_of
from vault.services.vault import Vault

STEP_SECONDS = 30
# One step early or late: clocks of phones differ.
_DRIFT = (0, -1, 1)
_CODES = 10
_CODE_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_CODE_LENGTH = 12


def new_secret() -> str:
    """A secret for an authenticator app, in base 32."""
    return pyotp.random_base32()


def provisioning_address(secret: str, email: str, issuer: str) -> str:
    """What the QR code for an authenticator app says."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=issuer)


def enrol(vault: Vault, user_id: str, secret: str, code: str) -> tuple[Person, list[str]]:
    """Makes `secret` the person's second factor once `code` proves that the app has it.

    Returns the person and the new recovery codes, which are never shown again. Ends all the person's sessions.
    Raises Invalid for a wrong code, Throttled after too many.
    """
    throttle.count_attempt(vault, [throttle.by_factor(user_id)])
    step = _accepted_step(vault, secret, code, after=0)
    if step is None:
        raise _wrong()
    with vault.database.transaction() as session:
        user = user_for_change(session, user_id)
        user.totp_secret, user.totp_last_step = vault.secrets.encrypt(secret), step
        codes = _replace_codes(vault, session, user)
        retire_sessions(session, user)
        append(session, actor=user_id, action="user.second_factor_enrolled", subject=user_id, at=vault.clock())
        person = person_of(user)
    throttle.forgive(vault, [throttle.by_factor(user_id)])
    return person, codes


def check(vault: Vault, user_id: str, code: str) -> None:
    """Accepts a code of the app or a recovery code, each of them once.

    Raises Invalid for any other, Throttled after too many.
    """
    throttle.count_attempt(vault, [throttle.by_factor(user_id)])
    with vault.database.transaction() as session:
        user = user_for_change(session, user_id)
        if _use_app_code(vault, user, code):
            action = "user.code_accepted"
        elif _use_recovery_code(vault, session, user, code):
            action = "user.recovery_code_used"
        else:
            raise _wrong()
        append(session, actor=user_id, action=action, subject=user_id, at=vault.clock())
    throttle.forgive(vault, [throttle.by_factor(user_id)])


def renew_recovery_codes(vault: Vault, user_id: str) -> list[str]:
    """New recovery codes; the old ones stop working."""
    with vault.database.transaction() as session:
        user = user_for_change(session, user_id)
        codes = _replace_codes(vault, session, user)
        append(session, actor=user_id, action="user.recovery_codes_renewed", subject=user_id, at=vault.clock())
    return codes


def count_recovery_codes(vault: Vault, user_id: str) -> int:
    """How many recovery codes are left."""
    unused = (RecoveryCode.user_id == user_id) & RecoveryCode.used_at.is_(None)
    with vault.database.reading() as session:
        return session.scalar(select(func.count()).select_from(RecoveryCode).where(unused)) or 0


def remove(session: Session, user: User) -> None:
    """Takes the second factor away, for somebody who has lost phone and codes; the terminal does that."""
    user.totp_secret, user.totp_last_step = None, 0
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))


def _use_app_code(vault: Vault, user: User, code: str) -> bool:
    if user.totp_secret is None:
        return False
    step = _accepted_step(vault, vault.secrets.decrypt(user.totp_secret), code, after=user.totp_last_step)
    if step is None:
        return False
    user.totp_last_step = step
    return True


def _accepted_step(vault: Vault, secret: str, code: str, after: int) -> int | None:
    """The time step that `code` belongs to; None when it is wrong or its step is not later than `after`."""
    # People also type full-width digits; whatever is no digit at all is simply wrong.
    given = unicodedata.normalize("NFKC", "".join(code.split())).encode()
    now = int(vault.clock().timestamp()) // STEP_SECONDS
    generator = pyotp.HOTP(secret)
    fitting = [now + drift for drift in _DRIFT if hmac.compare_digest(generator.at(now + drift).encode(), given)]
    return next((step for step in fitting if step > after), None)


def _use_recovery_code(vault: Vault, session: Session, user: User, code: str) -> bool:
    wanted = (
        RecoveryCode.user_id == user.id,
        RecoveryCode.code_hash == _code_hash(vault, user, code),
        RecoveryCode.used_at.is_(None),
    )
    found = session.scalar(select(RecoveryCode.id).where(*wanted).with_for_update())
    if found is None:
        return False
    session.execute(update(RecoveryCode).where(RecoveryCode.id == found).values(used_at=vault.clock()))
    return True


def _replace_codes(vault: Vault, session: Session, user: User) -> list[str]:
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    codes = [_new_code() for _ in range(_CODES)]
    session.add_all(RecoveryCode(user_id=user.id, code_hash=_code_hash(vault, user, code)) for code in codes)
    return codes


def _new_code() -> str:
    characters = "".join(secrets.choice(_CODE_ALPHABET) for _ in range(_CODE_LENGTH))
    return "-".join(characters[start : start + 4] for start in range(0, _CODE_LENGTH, 4))


def _code_hash(vault: Vault, user: User, code: str) -> str:
    # 60 random bits need no slow hash; the key keeps a stolen database from being searched.
    plain = "".join(character for character in code.lower() if character.isalnum())
    return vault.secrets.fingerprint("recovery-code", f"{user.id}:{plain}")


def _wrong() -> Invalid:
    problem = Message(N_("That code is not right, or was used already. Wait for the next one and try again."))
    return Invalid(N_("That code was not accepted."), {"code": problem})
