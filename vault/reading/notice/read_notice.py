"""From the text of a notice to what it says. Pure and bounded: the same text gives the same reading."""

import re

from vault.domain.notice_readings import NoticeReading
from vault.reading.language import detect
from vault.reading.notice.brands import brands
from vault.reading.notice.codes import asins, case_ids, complaint_ids, order_ids, skus
from vault.reading.notice.counts import Counted
from vault.reading.notice.dates import dated, find_dates, sent_at
from vault.reading.notice.deadlines import deadlines, later_dates
from vault.reading.notice.demands import demands
from vault.reading.notice.kinds import kinds
from vault.reading.notice.labels import find_labels
from vault.reading.notice.phrasebook import LANGUAGES
from vault.reading.notice.senders import doubts
from vault.reading.notice.stores import is_american, marketplace
from vault.reading.notice.text import NoticeText, notice_text

_HEAD_LINE = re.compile(r"(?m)^[^\W\d_][\w-]{1,15}\s?: ")
_HEAD_LINES = 3


def read_notice(text: str) -> NoticeReading:
    """What the text of a notice says: a pasted mail with or without its head, or the text of a PDF or a picture.

    Nothing is raised for a text that is no notice: it has fewer values, and no kind that is likely.
    """
    clean = notice_text(text)
    language, store, labels = _language(clean), marketplace(clean), find_labels(clean)
    counted, dates = Counted(clean), find_dates(clean, is_american(store, language))
    moment = sent_at(clean)
    day = dated(clean, labels, dates, later_dates(counted, dates))
    return NoticeReading(
        kinds=kinds(clean),
        asins=asins(clean, labels),
        order_ids=order_ids(clean),
        skus=skus(clean, labels),
        brands=brands(clean, labels),
        case_ids=case_ids(clean, labels),
        complaint_ids=complaint_ids(clean, labels),
        sent_at=moment,
        dated=day,
        deadlines=deadlines(counted, dates, moment.value if moment else None, day.value if day else None),
        demands=demands(counted),
        marketplace=store,
        language=language,
        doubts=doubts(clean),
        is_cut=clean.is_cut,
    )


def _language(text: NoticeText) -> str:
    """The language of what is written; the head of a mail has the language of who passed it on."""
    body = [part for part in text.clean.split("\n\n") if len(_HEAD_LINE.findall(part)) < _HEAD_LINES]
    language = detect(" ".join(body).split())
    return language if language in LANGUAGES else ""
