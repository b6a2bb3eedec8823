import hashlib
import json
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.journal.entry import NO_HASH, Entry, JsonValue, Recorded, canonical_json, from_line, to_line

texts = st.text(st.characters(codec="utf-8"))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
entries = st.builds(
    Entry,
    seq=st.integers(1, 10**9),
    at=st.just("2026-01-31T09:30:00.000001Z"),
    actor=texts,
    action=texts,
    subject=texts,
    previous=st.just(NO_HASH),
    account_id=st.none() | texts,
    details=st.dictionaries(texts, values, max_size=4),
)

AWKWARD = Entry(
    seq=7,
    at="2026-01-31T09:30:00.000001Z",
    actor="zoë",
    action="document.kept",
    subject='a "quoted" \\ name',
    previous=NO_HASH,
    details={"name": "é😀\x7f\x00\u2028</script>\r\n", "äx": {"b": [1, None, True], "a": -5}},
)


@given(entries)
def test_an_entry_survives_its_line(entry: Entry) -> None:
    line = to_line(Recorded(entry, entry.hash()))

    assert b"\n" not in line
    assert line.isascii()
    assert from_line(line).entry.canonical() == entry.canonical()


def test_the_hash_is_that_of_the_line_without_its_last_key() -> None:
    line = to_line(Recorded(AWKWARD, AWKWARD.hash())).decode()

    body, tail = line[:-75], line[-75:]
    assert tail == f',"hash":"{AWKWARD.hash()}"}}'
    assert hashlib.sha256((body + "}").encode()).hexdigest() == AWKWARD.hash()
    assert json.loads(line)["details"] == AWKWARD.details


def test_standard_tools_give_the_same_hash() -> None:
    line = to_line(Recorded(AWKWARD, AWKWARD.hash()))
    command = r"""sed -E 's/,"hash":"[0-9a-f]{64}"\}$/}/' | sha256sum"""

    done = subprocess.run(["sh", "-c", command], input=line, capture_output=True, check=True)

    assert done.stdout.split()[0].decode() == AWKWARD.hash()


@pytest.mark.parametrize("value", [1.5, float("nan"), 2**53 + 1, "\ud800", {"deep": [0.1]}, {"\udfff": 1}])
def test_what_cannot_be_written_exactly_is_refused(value: JsonValue) -> None:
    with pytest.raises(ValueError, match=r"."):
        canonical_json({"value": value})


@pytest.mark.parametrize(
    "spoil",
    [
        lambda line: line.replace(b'"seq":7', b'"seq": 7'),
        lambda line: line.replace(b'"seq":7', b'"seq":07'),
        lambda line: line.replace(b"zo\\u00eb", b"zo\\u00EB"),
        lambda line: line.replace(b'"seq":7', b'"seq":7,"seq":7'),
        lambda line: line.replace(b'"seq"', b'"sec"'),
        lambda line: line + b" ",
        lambda line: line[:-1],
        lambda line: b"",
        lambda line: b"null",
    ],
)
def test_only_the_exact_form_is_an_entry(spoil) -> None:  # type: ignore[no-untyped-def]
    line = to_line(Recorded(AWKWARD, AWKWARD.hash()))

    with pytest.raises(ValueError, match=r"."):
        from_line(spoil(line))
