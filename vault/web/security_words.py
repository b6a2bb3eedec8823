"""The security duties in plain words."""

from vault.domain.message import N_
from vault.domain.security import AlertKind, Control, IdentityPaper, TwoStepMethod

CONTROLS = {
    Control.TWO_STEP: N_("Two-step verification"),
    Control.PASSWORD: N_("Password"),
    Control.TRAINING: N_("Training"),
    Control.ALERTS: N_("Amazon's alerts"),
    Control.CONTACT: N_("Contact details"),
    Control.ACCESS_REVIEW: N_("List of who has access"),
    Control.PAPER: N_("Paper"),
}
# What one says with the attestation, above its form.
STATEMENTS = {
    Control.TWO_STEP: N_("Both ways to sign in were tried on this day, and both worked."),
    Control.PASSWORD: N_("The Amazon password was renewed on this day. The password itself never comes here."),
    Control.TRAINING: N_("Phishing, malware, ransomware and safe sign-ins were gone through on this day."),
    Control.ALERTS: N_("The alerts in Seller Central were looked at on this day. Tick those that are on."),
    Control.CONTACT: N_(
        "E-mail addresses, phone numbers and the emergency contact at Amazon were compared on this day."
    ),
    Control.ACCESS_REVIEW: N_(
        "Everybody and every tool with access was gone through on this day, and who is not needed removed."
    ),
    Control.PAPER: N_("The paper is at hand, and Amazon could have it today."),
}
METHODS = {
    TwoStepMethod.APP: N_("Authenticator app"),
    TwoStepMethod.SMS: N_("Text message"),
    TwoStepMethod.CALL: N_("Phone call"),
    TwoStepMethod.SECURITY_KEY: N_("Security key"),
    TwoStepMethod.PASSKEY: N_("Passkey"),
    TwoStepMethod.NONE: N_("None"),
}
ALERTS = {
    AlertKind.SIGN_INS: N_("Sign-ins"),
    AlertKind.PAYMENT_CHANGES: N_("Changed payment details"),
    AlertKind.SHIPPING_CHANGES: N_("Changed shipping details"),
    AlertKind.ODD_ORDERS: N_("Odd orders"),
    AlertKind.LISTING_CHANGES: N_("Changed listings"),
    AlertKind.USER_CHANGES: N_("New users and changed permissions"),
}
PAPERS = {
    IdentityPaper.IDENTITY: N_("Identity paper"),
    IdentityPaper.COMPANY: N_("Company paper"),
    IdentityPaper.ADDRESS: N_("Proof of address"),
    IdentityPaper.BANK: N_("Bank statement"),
    IdentityPaper.TAX: N_("Tax certificate"),
}
ROUTINES = {
    "daily_look": N_("A look at the account every day"),
    "deep_review": N_("A deep review every month"),
}
SETTINGS = {
    "reminder_days": N_("Remind after"),
    "overdue_days": N_("Overdue after"),
    "warn_days": N_("Warn before it expires"),
    "urgent_days": N_("Urgent before it expires"),
}
