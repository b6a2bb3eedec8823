"""The words of the security duties: which there are, and what people say about them. No password is ever among it."""

from enum import StrEnum


class Control(StrEnum):
    """A duty that somebody attests. `PERSONAL` ones are attested for each person with access."""

    TWO_STEP = "two_step"
    PASSWORD = "password"
    TRAINING = "training"
    ALERTS = "alerts"
    CONTACT = "contact"
    ACCESS_REVIEW = "access_review"
    PAPER = "paper"


PERSONAL = (Control.TWO_STEP, Control.PASSWORD, Control.TRAINING)


# What is asked of a password that was renewed on the day of an alarm: was it after it? An earlier one may be known.
AFTER_ALARM = "after_alarm"


class TwoStepMethod(StrEnum):
    """How Amazon asks for the second step. `NONE`: it does not."""

    APP = "app"
    SMS = "sms"
    CALL = "call"
    SECURITY_KEY = "security_key"
    PASSKEY = "passkey"
    NONE = "none"


class AlertKind(StrEnum):
    """A kind of notice that Amazon sends when asked to."""

    SIGN_INS = "sign_ins"
    PAYMENT_CHANGES = "payment_changes"
    SHIPPING_CHANGES = "shipping_changes"
    ODD_ORDERS = "odd_orders"
    LISTING_CHANGES = "listing_changes"
    USER_CHANGES = "user_changes"


class IdentityPaper(StrEnum):
    """A paper that Amazon asks for when it wants to know who is behind an account."""

    IDENTITY = "identity"
    COMPANY = "company"
    ADDRESS = "address"
    BANK = "bank"
    TAX = "tax"


class EmergencyEnd(StrEnum):
    """How an emergency ended."""

    CLOSED = "closed"
    FALSE_ALARM = "false_alarm"


class StepState(StrEnum):
    """What became of one step of the emergency routine. `OPEN` again when a person takes an answer back."""

    OPEN = "open"
    DONE = "done"
    SKIPPED = "skipped"
