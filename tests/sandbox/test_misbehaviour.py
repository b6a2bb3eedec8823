"""Whatever happens in the sandbox, the parent gets an answer in time, and the next document is read."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from vault.domain.errors import Misconfigured, Unreadable
from vault.reading.sandbox.reader import SandboxedReader
from vault.sandbox.limits import Limits
from vault.sandbox.refusals import ReaderDied

ASSETS = Path(__file__).parent / "assets"


def misbehaving(**bounds: float) -> SandboxedReader:
    limits = Limits(**{"seconds": 20.0, "memory": 512 << 20, "output": 64 << 20, "threads": 1, **bounds})  # type: ignore[arg-type]
    return SandboxedReader(limits, tasks="misbehaving", extra=[ASSETS])


@pytest.fixture(scope="module")
def shared_reader() -> Iterator[SandboxedReader]:
    with misbehaving() as reader:
        yield reader


def told(reader: SandboxedReader, command: str) -> str:
    """What the misbehaving reader answers, by way of a request for a picture, whose bytes are passed on as they are."""
    return reader.render(command.encode(), page=1, width=10).decode()


def still_answers(reader: SandboxedReader) -> bool:
    return told(reader, "look /usr") == "there"


@pytest.mark.parametrize("command", ["hang", "spin"])
def test_a_reader_that_never_ends_is_stopped(command: str) -> None:
    with misbehaving(seconds=1.0) as reader:
        with pytest.raises(Unreadable) as refused:
            reader.read(command.encode())
        assert refused.value.reason == "timeout"
        assert still_answers(reader)


@pytest.mark.parametrize("command", ["crash", "raise", "flood", "lie", "refuse because"])
def test_a_reader_without_a_proper_answer_has_died(shared_reader: SandboxedReader, command: str) -> None:
    with pytest.raises(ReaderDied):
        shared_reader.read(command.encode())
    assert still_answers(shared_reader)


def test_memory_is_bounded(shared_reader: SandboxedReader) -> None:
    with pytest.raises(Unreadable) as refused:
        shared_reader.read(b"eat")
    assert refused.value.reason == "out_of_memory"
    assert still_answers(shared_reader)


def test_an_answer_that_is_too_large_is_refused_and_nobody_has_died(shared_reader: SandboxedReader) -> None:
    with pytest.raises(Unreadable) as refused:
        shared_reader.read(b"much 65")
    assert refused.value.reason == "too_large"
    assert still_answers(shared_reader)


def test_the_words_of_a_refusal_are_the_parents_own(shared_reader: SandboxedReader) -> None:
    with pytest.raises(Unreadable) as refused:
        shared_reader.read(b"refuse damaged")
    assert refused.value.reason == "damaged"
    assert "stranger" not in str(refused.value.message)


def test_progress_comes_through(shared_reader: SandboxedReader) -> None:
    steps: list[tuple[int, int]] = []
    with pytest.raises(ReaderDied):
        shared_reader.read(b"lie", progress=lambda done, total: steps.append((done, total)))
    assert steps == [(1, 2)]


def test_the_sandbox_stays_warm_between_documents(shared_reader: SandboxedReader) -> None:
    assert told(shared_reader, "pid") == told(shared_reader, "pid")


def test_a_sandbox_killed_between_documents_is_started_again(shared_reader: SandboxedReader) -> None:
    told(shared_reader, "pid")
    pipe = shared_reader._pipe
    assert pipe is not None
    pipe.kill()
    assert still_answers(shared_reader)


def test_what_a_document_leaves_running_is_swept_away(shared_reader: SandboxedReader) -> None:
    assert told(shared_reader, "leave") == "left"
    assert still_answers(shared_reader)


def test_processes_are_bounded(shared_reader: SandboxedReader) -> None:
    most = int(told(shared_reader, "most_processes"))
    assert 0 < most < 100
    if os.getuid() != 0:  # the kernel does not count what root starts
        assert int(told(shared_reader, "multiply 200")) < most
    assert still_answers(shared_reader)


def test_what_a_library_prints_does_no_harm(shared_reader: SandboxedReader) -> None:
    assert told(shared_reader, "print") == "quiet"


def test_there_is_no_network(shared_reader: SandboxedReader) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert told(shared_reader, f"connect 127.0.0.1:{port}").startswith("no: ")


def test_nothing_of_the_vault_can_be_seen(shared_reader: SandboxedReader, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("x", encoding="utf-8")
    assert told(shared_reader, f"look {secret}") == "not there"
    assert told(shared_reader, f"look {Path.cwd() / 'setup.cfg'}") == "not there"
    assert told(shared_reader, "look /etc/passwd") == "not there"


@pytest.mark.parametrize("place", ["/usr/mark", "/mark", str(ASSETS / "mark")])
def test_the_system_cannot_be_written(shared_reader: SandboxedReader, place: str) -> None:
    assert told(shared_reader, f"write {place}").startswith("no: ")
    assert not Path(place).exists()


def test_secrets_in_the_environment_stay_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VAULT_S3_SECRET_KEY", "do-not-tell")
    with misbehaving() as reader:
        assert told(reader, "environment VAULT_S3_SECRET_KEY") == "unset"


def test_closing_ends_every_process() -> None:
    with misbehaving() as reader:
        reader.start()
        pipe = reader._pipe
        assert pipe is not None
        process = pipe._process.pid
    with pytest.raises(ProcessLookupError):
        os.killpg(process, 0)


def test_a_sandbox_that_cannot_start_says_so() -> None:
    with SandboxedReader(tasks="no_such_module") as reader, pytest.raises(Misconfigured):
        reader.start()


def test_without_bubblewrap_it_refuses_to_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with SandboxedReader() as reader, pytest.raises(Misconfigured):
        reader.start()


def test_without_bubblewrap_it_reads_when_the_operator_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with SandboxedReader(Limits(), allow_unsandboxed=True, tasks="misbehaving", extra=[ASSETS]) as reader:
        assert still_answers(reader)
