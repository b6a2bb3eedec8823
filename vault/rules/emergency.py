"""The steps of the emergency routine in words; the rule book says which of them are asked, and in which order.

Source: guide (a compromised account) and policy (Amazon wants to be told, and may ask for proof of identity).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from vault.domain.message import N_


@dataclass(frozen=True, slots=True)
class EmergencyStep:
    """`title` what to do, `why` it stands at this place, `how` to do it."""

    title: str
    why: str = ""
    how: str = ""


STEPS: Mapping[str, EmergencyStep] = MappingProxyType(
    {
        "mailbox": EmergencyStep(
            N_("Secure the mailbox that signs in to Amazon"),
            N_("Whoever reads it can set every other password again. Everything else is in vain before this."),
            N_("Change its password on a clean device, end all its sessions, look for forwarding rules and delete them."),
        ),
        "password": EmergencyStep(
            N_("Change the Amazon password"),
            N_("It stops whoever knows the old one. A password that was used elsewhere is changed there too."),
            N_("Seller Central › Settings › Login settings › Password, for every person with access; attest each renewal."),
        ),
        "sign_out": EmergencyStep(
            N_("Sign out everywhere, and remove unknown users and tools"),
            N_("A new password ends no session that is open, and a user or tool that was added needs no password."),
            N_("Seller Central › Settings › User permissions and Apps and services › Manage your apps: remove what you "
               "do not know, after a screenshot. End all sessions in the account's sign-in settings."),
        ),
        "two_step": EmergencyStep(
            N_("Set up two-step verification again, on clean devices"),
            N_("A second step on a device that is not yours, or that is infected, opens the door again."),
            N_("Remove every method and trusted device, add your own again, and attest it for each person."),
        ),
        "payment": EmergencyStep(
            N_("Check the bank account and the deposit method"),
            N_("This is what most intruders come for, and the next payout may be hours away."),
            N_("Seller Central › Settings › Account info › Deposit methods and Charge methods: compare each with your "
               "register, and put them right."),
        ),
        "tell_amazon": EmergencyStep(
            N_("Tell Amazon"),
            N_("Amazon can hold payouts and undo changes, and an account that reports itself is believed sooner."),
            N_("Seller Central › Help › Contact us: say that the account was compromised, when, and what you have done. "
               "Note the case number."),
        ),
        "orders": EmergencyStep(
            N_("Go through the order history and the refunds"),
            N_("False orders and refunds cost money, and count as yours while nobody reports them."),
            N_("Look at everything since the day before the first sign: odd quantities, addresses, refunds. Stop what is not sent."),
        ),
        "listings": EmergencyStep(
            N_("Check the listings"),
            N_("New cheap offers under your name bring claims that suspend the account."),
            N_("Compare products, prices and stock with your last import. Close what is not yours."),
        ),
        "settings": EmergencyStep(
            N_("Check the return, shipping and notification settings"),
            N_("Changed addresses send goods and warnings to somebody else."),
            N_("Return address, shipping templates, vacation mode, notification e-mail addresses, tax and business details."),
        ),
        "devices": EmergencyStep(
            N_("Scan every device that signs in"),
            N_("Malware reads the next password as well."),
            N_("Run a full scan on each; where something is found, set the device up anew and change the passwords again."),
        ),
        "proof": EmergencyStep(
            N_("Collect proof"),
            N_("Amazon, the bank and the police ask what happened and when, and traces do not last."),
            N_("Upload screenshots, e-mails, log-in times and case numbers to the vault, and name them at these steps."),
        ),
        "staff": EmergencyStep(
            N_("Tell everybody who works with the account"),
            N_("Nobody should use an old password, an infected device or a link of the intruder again."),
            N_("Say what happened, what has changed, and whom to tell of anything odd. Agencies too."),
        ),
        "identity": EmergencyStep(
            N_("Have the papers ready for an identity check"),
            N_("Amazon often freezes such an account until identity is proven, and gives few days for it."),
            N_("See that identity and company papers are valid and in the vault; renew what is about to expire."),
        ),
        "cause": EmergencyStep(
            N_("Find the cause, and prevent it"),
            N_("What is not understood happens again. Amazon asks for cause, correction and prevention."),
            N_("Write down how they got in, what was done about it, and what is different from now on."),
        ),
    }
)  # fmt: skip


def step_named(name: str) -> EmergencyStep:
    """The step; one that only an operator's rule book names is its own title."""
    return STEPS.get(name, EmergencyStep(name))
