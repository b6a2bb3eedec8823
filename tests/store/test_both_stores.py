"""What every store has to do, tried on a real filesystem and on a real S3 server."""

import hashlib
import io
import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from tests.store.conftest import StoreUnderTest
from vault.domain.errors import Damaged, NotFound, Refused
from vault.domain.values import Sha256
from vault.store.protocol import ObjectStore, Stored
from vault.store.streams import IN_MEMORY

LIMIT = 64 * 1024 * 1024
LARGE = IN_MEMORY + 3 * 1024 * 1024 + 17
SIZES = [0, 1, 65_536, LARGE]


def put(store: ObjectStore, content: bytes) -> Stored:
    return store.put(io.BytesIO(content), limit=LIMIT)


def sha256_of(content: bytes) -> Sha256:
    return Sha256(hashlib.sha256(content).hexdigest())


class Dribble:
    """A stream that gives a few bytes at a time, as the network does, and does not know its length."""

    def __init__(self, content: bytes) -> None:
        self._rest = io.BytesIO(content)

    def read(self, size: int = -1, /) -> bytes:
        return self._rest.read(min(size, 1013) if size > 0 else 1013)


@pytest.mark.parametrize("size", SIZES)
def test_what_was_put_comes_back_byte_for_byte(store: ObjectStore, size: int) -> None:
    content = secrets.token_bytes(size)

    stored = put(store, content)

    assert stored == Stored(sha256_of(content), size, is_new=True)
    assert store.size(stored.sha256) == size
    assert store.verify(stored.sha256) == size
    with store.open(stored.sha256) as stream:
        assert stream.read() == content
        stream.seek(0)
        assert stream.read(10) == content[:10]


def test_a_stream_of_unknown_length_is_kept_whole(store: ObjectStore) -> None:
    content = secrets.token_bytes(100_000)

    stored = store.put(Dribble(content), limit=LIMIT)

    assert stored.sha256 == sha256_of(content)
    assert store.verify(stored.sha256) == len(content)


def test_the_same_bytes_are_kept_once(store: ObjectStore) -> None:
    first, second = put(store, b"twice"), put(store, b"twice")

    assert (first.is_new, second.is_new) == (True, False)
    assert list(store.ids()) == [first.sha256]


def test_too_many_bytes_are_refused_and_leave_nothing(store: ObjectStore) -> None:
    with pytest.raises(Refused) as refusal:
        store.put(io.BytesIO(b"12345678901"), limit=10)

    assert refusal.value.reason == "too_large"
    assert list(store.ids()) == []
    assert store.put(io.BytesIO(b"1234567890"), limit=10).size == 10


def test_an_upload_that_breaks_off_leaves_nothing(store: ObjectStore) -> None:
    class BrokenOff:
        def __init__(self) -> None:
            self._chunks = iter([b"a" * 100_000])

        def read(self, size: int = -1, /) -> bytes:
            for chunk in self._chunks:
                return chunk
            raise ConnectionResetError("the browser is gone")

    with pytest.raises(ConnectionResetError):
        store.put(BrokenOff(), limit=LIMIT)

    assert list(store.ids()) == []


def test_what_is_not_there_is_an_answer(store: ObjectStore) -> None:
    absent = sha256_of(b"never put")

    assert store.size(absent) is None
    with pytest.raises(NotFound), store.open(absent):
        pass
    with pytest.raises(NotFound):
        store.verify(absent)


@pytest.mark.parametrize("size", [1, 65_536, LARGE])
def test_one_flipped_bit_is_found_and_wrong_bytes_are_never_returned(under_test: StoreUnderTest, size: int) -> None:
    store, content = under_test.store, secrets.token_bytes(size)
    stored = put(store, content)

    flipped = bytearray(content)
    flipped[-1] ^= 1
    under_test.overwrite(stored.sha256, bytes(flipped))

    with pytest.raises(Damaged, match=str(stored.sha256)), store.open(stored.sha256):
        pass
    with pytest.raises(Damaged, match=str(stored.sha256)):
        store.verify(stored.sha256)


@pytest.mark.parametrize("wrong", [b"", b"what was pu", b"what was put and more"])
def test_lost_and_added_bytes_are_found(under_test: StoreUnderTest, wrong: bytes) -> None:
    stored = put(under_test.store, b"what was put")

    under_test.overwrite(stored.sha256, wrong)

    with pytest.raises(Damaged):
        under_test.store.verify(stored.sha256)


def test_uploading_the_original_again_heals_a_damaged_object(under_test: StoreUnderTest) -> None:
    store = under_test.store
    stored = put(store, b"the original")
    under_test.overwrite(stored.sha256, b"the forgery!")

    put(store, b"the original")

    with store.open(stored.sha256) as stream:
        assert stream.read() == b"the original"


def test_everything_is_listed_in_order_and_a_scrub_can_go_on_from_anywhere(store: ObjectStore) -> None:
    expected = sorted(put(store, bytes([number])).sha256 for number in range(12))

    assert list(store.ids()) == expected
    for position, last in enumerate(expected):
        assert list(store.ids(after=last)) == expected[position + 1 :]


def test_a_second_probe_changes_nothing(store: ObjectStore) -> None:
    stored = put(store, b"kept")

    store.probe()

    assert list(store.ids()) == [stored.sha256]


def test_writers_of_the_same_and_of_other_bytes_do_not_disturb_each_other(store: ObjectStore) -> None:
    contents = [secrets.token_bytes(20_000) for _ in range(3)]

    with ThreadPoolExecutor(8) as pool:
        stored = list(pool.map(lambda number: put(store, contents[number % 3]), range(24)))

    assert {item.sha256 for item in stored} == set(map(sha256_of, contents)) == set(store.ids())
    for content in contents:
        with store.open(sha256_of(content)) as stream:
            assert stream.read() == content


def test_what_is_held_is_there_as_before_and_what_is_not_there_is_told(store: ObjectStore) -> None:
    stored = put(store, b"kept for years")
    store.hold(stored.sha256, datetime(2040, 1, 1, tzinfo=UTC))
    assert store.verify(stored.sha256) == len(b"kept for years")
    with pytest.raises(NotFound):
        store.hold(sha256_of(b"never put"), datetime(2040, 1, 1, tzinfo=UTC))
