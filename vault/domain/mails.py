"""An e-mail as it was read: whose it is and when it was sent stand on the first lines of its text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attached:
    """A PDF or picture that came with a mail. `number` names it within the mail; `name` is the stranger's own."""

    number: int
    name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Mail:
    """`text`: ``Date: …``, ``From: …``, ``Subject: …``, an empty line, and what the mail says.

    Of a mail that was passed on inside another one it is the inner mail's, and ``Forwarded-By: …`` stands before it.
    """

    text: str
    attachments: tuple[Attached, ...] = ()
