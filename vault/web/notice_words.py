"""Kinds of notifications, ways of telling and states of mails in plain words."""

from vault.db.entities.notices import MailBy, MailState
from vault.domain.message import N_
from vault.services.notices.choices import Digest, NoticeKind

KIND_NAMES = {
    NoticeKind.OPENED: N_("A critical task was opened"),
    NoticeKind.NEW_TASKS: N_("New tasks of the day before"),
    NoticeKind.REMINDER: N_("A task is due soon"),
    NoticeKind.OVERDUE: N_("A task is overdue"),
    NoticeKind.ESCALATED: N_("A grave task stays undone"),
    NoticeKind.ASSIGNED: N_("Somebody gave you a task"),
    NoticeKind.MENTIONED: N_("Somebody mentioned you"),
    NoticeKind.COMMENTED: N_("A comment on a task that you work on or watch"),
    NoticeKind.REPORT: N_("A monthly report that you asked for"),
    NoticeKind.TROUBLE: N_("The vault needs its administrator"),
}

ICONS = {
    NoticeKind.OPENED: "exclamation-octagon",
    NoticeKind.NEW_TASKS: "inboxes",
    NoticeKind.REMINDER: "alarm",
    NoticeKind.OVERDUE: "calendar-x",
    NoticeKind.ESCALATED: "megaphone",
    NoticeKind.ASSIGNED: "person-check",
    NoticeKind.MENTIONED: "at",
    NoticeKind.COMMENTED: "chat-left-text",
    NoticeKind.REPORT: "calendar2-check",
    NoticeKind.TROUBLE: "wrench",
}

MAIL_WAYS = {
    MailBy.DIGEST: N_("In the digest"),
    MailBy.AT_ONCE: N_("At once"),
    MailBy.NEVER: N_("Not by mail"),
}

DIGESTS = {
    Digest.DAILY: N_("Every day"),
    Digest.WEEKLY: N_("Once a week"),
    Digest.NEVER: N_("Never"),
}

MAIL_STATES = {
    MailState.WAITING: N_("Is tried again"),
    MailState.SENDING: N_("On its way"),
    MailState.SENT: N_("Sent"),
    MailState.FAILED: N_("Given up"),
    MailState.DROPPED: N_("Not needed any more"),
}
