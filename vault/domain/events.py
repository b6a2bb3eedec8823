"""What the vault tells other programs of: names that stay as they are, because receivers depend on them."""

from enum import StrEnum


class Event(StrEnum):
    """An event of one seller account, as webhooks send it."""

    TASK_OPENED = "task.opened"
    TASK_REOPENED = "task.reopened"
    TASK_DONE = "task.done"
    TASK_WAIVED = "task.waived"
    TASK_OVERDUE = "task.overdue"
    LINK_RAISED = "link.raised"
    EMERGENCY_OPENED = "emergency.opened"
    EMERGENCY_ENDED = "emergency.ended"
    PING = "ping"


# Those that a webhook can be told to send; a ping is sent on request only.
SUBSCRIBABLE = tuple(event for event in Event if event is not Event.PING)
