"""From the bytes of an e-mail to what it says. Mails are written by strangers: everything that is taken from one is bounded.

Plain text is preferred to HTML; of a mail inside a mail the inner one counts, unless Amazon itself passed it on.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from email import policy
from email.errors import MessageError
from email.message import EmailMessage, Message
from email.utils import parseaddr

from vault.domain.mails import Attached, Mail
from vault.reading.mail.bounded import DEEPEST, LONGEST_HEADER, MOST_PARTS, parse_within_bounds
from vault.reading.mail.html_text import LONGEST_PAGE, text_of_html
from vault.reading.notice.senders import is_from_amazon
from vault.sandbox.refusals import unreadable
from vault.sandbox.sniff import HEAD_BYTES, MAIL, sniff

LONGEST_TEXT = 200_000
LONGEST_NAME = 200
MOST_ATTACHMENTS = 50
_INNER_MAILS = 5
# What the parser of a header that nobody has written by the rules can raise, beside its own errors.
_HEADER_ERRORS = (MessageError, ValueError, LookupError, AttributeError, TypeError, AssertionError, RecursionError)
_PLAIN_SHARE = 5
"""Plain text that is so many times shorter than the HTML beside it only says that there is some."""
_FAILED = re.compile(r"(?i)\bdmarc\s?=\s?fail\b")


def read_mail(data: bytes) -> Mail:
    """Raises Unreadable ``damaged``, ``too_many_parts`` for what no mail program could have written."""
    outer = _parsed(data)
    inner = _innermost(outer)
    said = _body(inner)
    head = [*_passed_on(outer, inner), *_head(inner)]
    found = (
        Attached(number, _name(part), sniff(payload[:HEAD_BYTES]) or "", len(payload))
        for number, (part, payload) in enumerate(_attachments(outer))
    )
    return Mail("\n".join([*head, "", said])[:LONGEST_TEXT], tuple(found))


def read_attachment(data: bytes, number: int) -> bytes:
    """The bytes of an attachment that `read_mail` names. Raises Unreadable as that does, ``damaged`` for any other."""
    for place, (_, payload) in enumerate(_attachments(_parsed(data))):
        if place == number:
            return payload
    raise unreadable("damaged")


def _parsed(data: bytes) -> EmailMessage:
    try:
        return parse_within_bounds(data.lstrip(b"\xef\xbb\xbf\r\n\t "))
    except RecursionError as error:
        raise unreadable("damaged") from error


def _parts(message: Message, depth: int = 0) -> Iterator[EmailMessage]:
    """The parts that hold something, mails within the mail as one each."""
    if not message.is_multipart() or message.get_content_type() == "message/rfc822":
        if isinstance(message, EmailMessage):
            yield message
    elif depth < DEEPEST:
        for part in message.iter_parts() if isinstance(message, EmailMessage) else ():
            yield from _parts(part, depth + 1)


def _bounded(message: EmailMessage) -> Iterator[EmailMessage]:
    for _, part in zip(range(MOST_PARTS), _parts(message), strict=False):
        yield part


def _innermost(message: EmailMessage) -> EmailMessage:
    for _ in range(_INNER_MAILS):
        inner = [each for part in _bounded(message) if (each := _enclosed(part)) is not None]
        if not inner or is_from_amazon(_header(message, "from")):
            break
        message = next((each for each in inner if is_from_amazon(_header(each, "from"))), inner[0])
    return message


def _enclosed(part: EmailMessage) -> EmailMessage | None:
    """The mail that a part is; the text of one that is no mail by its head is none."""
    content = part.get_payload() if part.get_content_type() == "message/rfc822" else None
    inner = content[0] if isinstance(content, list) and content else None
    return inner if isinstance(inner, EmailMessage) and inner.get("from") else None


def _passed_on(outer: EmailMessage, inner: EmailMessage) -> list[str]:
    return [] if outer is inner else [f"Forwarded-By: {_header(outer, 'from')}"]


def _head(message: EmailMessage) -> list[str]:
    """Who wrote it, when, about what; that the mail server of who got it found the sender to be forged."""
    received = _header(message, "received").rpartition(";")[2].strip()
    lines = {"Date": _header(message, "date") or received, "From": _header(message, "from")}
    replies = _header(message, "reply-to")
    if replies and parseaddr(replies)[1] != parseaddr(lines["From"])[1]:
        lines["Reply-To"] = replies
    lines["Subject"] = _header(message, "subject")
    if _FAILED.search(_header(message, "authentication-results")):
        lines["Authentication-Results"] = "dmarc=fail"
    return [f"{name}: {value}" for name, value in lines.items() if value]


def _header(message: EmailMessage, name: str) -> str:
    """The first of that name, decoded, on one line; as it stands where it cannot be decoded."""
    raw = next((value for key, value in message.raw_items() if key.lower() == name), "")
    written = str(raw)[:LONGEST_HEADER]
    with suppress(*_HEADER_ERRORS):
        written = str(policy.default.header_factory(name, " ".join(written.splitlines())))
    return " ".join(_clean(written).split())


def _body(message: EmailMessage) -> str:
    plain, pages, room = [], [], LONGEST_PAGE
    for part in _bounded(message):
        if part.get_content_disposition() == "attachment":
            continue
        if part.get_content_type() == "text/plain":
            plain.append(_text(part))
        elif part.get_content_type() == "text/html":
            source = _text(part)[:room]
            room -= len(source)
            pages.append(text_of_html(source))
    written, shown = "\n\n".join(plain).strip(), "\n\n".join(pages).strip()
    return shown if len(written) * _PLAIN_SHARE < len(shown) else written


def _text(part: EmailMessage) -> str:
    payload = _payload(part)
    try:
        return _clean(payload.decode(part.get_content_charset("utf-8"), "replace"))
    except (LookupError, ValueError):
        return _clean(payload.decode("utf-8", "replace"))


def _payload(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _clean(text: str) -> str:
    """Without half characters and signs that steer a terminal or a page."""
    whole = text[: LONGEST_TEXT * 10].encode("utf-8", "replace").decode("utf-8")
    return "".join(
        letter for letter in whole.replace("\r\n", "\n") if letter in "\n\t" or letter.isprintable() or letter.isspace()
    )


def _attachments(message: EmailMessage, depth: int = 0) -> Iterator[tuple[EmailMessage, bytes]]:
    """PDFs and pictures that were attached, those of mails within the mail too; not the pictures that a mail is drawn with."""
    count = 0
    for part in _bounded(message):
        enclosed = _enclosed(part)
        if enclosed is not None and depth < _INNER_MAILS:
            yield from _attachments(enclosed, depth + 1)
        elif part.get_content_maintype() != "text" and _is_kept(part, payload := _payload(part)):
            yield part, payload
            count += 1
        if count >= MOST_ATTACHMENTS:
            return


def _is_kept(part: EmailMessage, payload: bytes) -> bool:
    is_drawn = part.get_content_maintype() == "image" and part.get_content_disposition() != "attachment"
    return not is_drawn and sniff(payload[:HEAD_BYTES]) not in (None, MAIL)


def _name(part: EmailMessage) -> str:
    try:
        name = part.get_filename("")
    except _HEADER_ERRORS:
        name = ""
    return " ".join(_clean(str(name)).split())[:LONGEST_NAME]
