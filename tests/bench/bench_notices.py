"""How much of a notice is read right: kind, ASINs, order numbers, deadline, what is asked for.

``python -m tests.bench.bench_notices [--mistakes] [--held-out-mistakes] [--later-mistakes]``

The notices are written for the tests, in five languages and of seven kinds; each is read plain, as a quoted mail and as
a bad scan. Phrases were tuned on the first part alone; the parts held out and written later are only measured. A kind counts as right when
it is the first offered; ASINs, orders and requests when exactly those are offered with a confidence of a half or more;
the deadline when it is the first offered.
"""

import sys
import time
from collections.abc import Callable, Sequence

from tests.reading.notice.corpus import Sample, as_mail, as_scan, held_out, no_audits, tuned, written_later
from vault.domain.notice_readings import NoticeReading
from vault.reading.notice.read_notice import read_notice

HALF = 0.5


def is_kind_right(sample: Sample, read: NoticeReading) -> bool:
    return bool(read.kinds) and read.kinds[0].kind is sample.kind


def are_asins_right(sample: Sample, read: NoticeReading) -> bool:
    return {str(each.value) for each in read.asins if each.confidence >= HALF} == sample.asins


def are_orders_right(sample: Sample, read: NoticeReading) -> bool:
    return {each.value for each in read.order_ids if each.confidence >= HALF} == sample.orders


def is_deadline_right(sample: Sample, read: NoticeReading) -> bool:
    return deadline_of(read) == sample.deadline


def are_requests_right(sample: Sample, read: NoticeReading) -> bool:
    return {each.value.request for each in read.demands if each.confidence >= HALF} == sample.requests


def is_language_right(sample: Sample, read: NoticeReading) -> bool:
    return read.language == sample.language


def deadline_of(read: NoticeReading) -> str:
    """The first deadline offered with enough confidence, as the samples write it."""
    if not read.deadlines or read.deadlines[0].confidence < HALF - 0.1:
        return ""
    deadline = read.deadlines[0].value
    if deadline.term:
        return f"{deadline.term.count} {deadline.term.unit}"
    return str(deadline.day)


FIGURES: dict[str, Callable[[Sample, NoticeReading], bool]] = {
    "kind": is_kind_right,
    "asins": are_asins_right,
    "orders": are_orders_right,
    "deadline": is_deadline_right,
    "requests": are_requests_right,
    "language": is_language_right,
}


def main() -> None:
    parts = {
        "tuned": (tuned(), "--mistakes"),
        "held out": (held_out(), "--held-out-mistakes"),
        "written later": (written_later(), "--later-mistakes"),
    }
    for part, (samples, wish) in parts.items():
        for name, variant in (("plain", list), ("mail", as_mails), ("scan", as_scans)):
            measure(f"{part}, {name}", variant(samples), wish in sys.argv)
    sure = [read.kinds[0].confidence for read in map(read_sample, no_audits()) if read.kinds]
    print(f"no audits: {len(no_audits())} mails, highest confidence in a kind {max(sure, default=0.0):.2f}")


def as_mails(samples: Sequence[Sample]) -> list[Sample]:
    return [as_mail(sample) for sample in samples]


def as_scans(samples: Sequence[Sample]) -> list[Sample]:
    return [as_scan(sample) for sample in samples]


def read_sample(sample: Sample) -> NoticeReading:
    return read_notice(sample.text)


def measure(title: str, samples: Sequence[Sample], shows_mistakes: bool) -> None:
    began = time.process_time()
    readings = [read_sample(sample) for sample in samples]
    took = (time.process_time() - began) / len(samples) * 1000
    shares = []
    for figure, is_right in FIGURES.items():
        right = [is_right(sample, read) for sample, read in zip(samples, readings, strict=True)]
        shares.append(f"{figure} {sum(right)}/{len(right)}")
        if shows_mistakes:
            for sample, read, good in zip(samples, readings, right, strict=True):
                if not good:
                    print(f"    {figure}: {sample.name}: {mistake(figure, sample, read)}")
    print(f"{title:20} {', '.join(shares)}; {took:.1f} ms a notice")


def mistake(figure: str, sample: Sample, read: NoticeReading) -> str:
    if figure == "kind":
        return ", ".join(
            f"{each.kind} {each.confidence:.2f} {[why.value for why in each.reasons[:4]]}" for each in read.kinds[:3]
        )
    if figure == "deadline":
        offers = [(each.raw, each.confidence, each.value.day) for each in read.deadlines]
        return f"{sample.deadline!r}, read {offers}"
    if figure == "requests":
        offers = [(str(each.value.request), each.raw, each.confidence) for each in read.demands]
        return f"{sorted(sample.requests)}, read {offers}"
    return f"{[(str(each.value), each.confidence) for each in (*read.asins, *read.order_ids)]} {read.language}"


if __name__ == "__main__":
    main()
