"""A bank number is nowhere in clear: not in the database's files, logs, the journal, addresses, sessions, the vault's folder.

The service runs as separate processes. Somebody enters numbers in every way there is, looks at one, is warned of
another, mistypes a third and meets a fault; then everything that was written and sent is searched.
"""

import random
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import requests
from sqlalchemy import text
from stdnum import iban, luhn

from tests.first_use import Owner, make_owner, open_account
from tests.invoices.compose import make_buyer
from tests.servers.postgresql import PostgreSQL
from tests.servers.service import free_port, running_service
from tests.servers.visitor import Visitor
from vault.config import Settings
from vault.db.entities.register import RegisterEntry
from vault.services.vault import Vault, open_vault

_BETWEEN = bytes(set(range(256)) - set(b"0123456789abcdefghijklmnopqrstuvwxyz"))


def new_iban() -> str:
    """An IBAN that nobody else in this test run has, grouped as on a bank statement."""
    digits = "".join(random.choices("0123456789", k=18))
    compact = f"DE{iban.calc_check_digits('DE00' + digits)}{digits}"
    return " ".join(compact[at : at + 4] for at in range(0, len(compact), 4))


def new_card() -> str:
    digits = "45" + "".join(random.choices("0123456789", k=13))
    return digits + luhn.calc_check_digit(digits)


def squeezed(written: bytes) -> bytes:
    """Only letters and digits, whatever stood between them; UTF-16 and encoded addresses too."""
    return written.lower().replace(b"\0", b"").replace(b"%20", b"").translate(None, _BETWEEN)


def tells(writing: bytes, number: str) -> bool:
    """Whether a number can be read in what was `squeezed`."""
    return squeezed(number.encode())[-12:] in writing


class Person(Visitor):
    """A visitor of whom every address and header on the way is kept."""

    def __init__(self, address: str, owner: Owner, account_id: str) -> None:
        super().__init__(address)
        self.account_id = account_id
        self.seen: list[bytes] = []
        self._session.hooks["response"].append(self._note)
        self.sign_in(owner)

    @property
    def base(self) -> str:
        return f"/a/{self.account_id}/register"

    def _note(self, answer: requests.Response, **_: object) -> None:
        sent, got = answer.request, answer.headers
        self.seen.append(f"{sent.method} {sent.url} {sent.headers} {answer.status_code} {got}".encode())


@pytest.fixture
def running(settings: Settings, tmp_path: Path) -> Iterator[tuple[Vault, Person]]:
    here = replace(settings, port=free_port())
    with closing(open_vault(here)) as vault:
        owner = make_owner(vault)
        _, account_id = open_account(vault, owner, make_buyer(1, "fr"))
        (tmp_path / "logs").mkdir()
        with running_service(here, tmp_path / "logs") as service:
            yield vault, Person(service.url, owner, account_id)


def test_the_search_finds_a_number_however_it_is_written() -> None:
    number = "DE89 3704 0044 0532 0130 00"
    for written in (
        number,
        number.lower(),
        number.replace(" ", ""),
        number.replace(" ", "%20"),
        number.replace(" ", "-"),
    ):
        assert tells(squeezed(f"value={written}&".encode()), number)
        assert tells(squeezed(f"« {written} »".encode("utf-16")), number)
    assert not tells(squeezed("••••3000".encode()), number)


def test_no_number_is_in_clear_anywhere(
    running: tuple[Vault, Person], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    vault, person = running
    numbers = [*enter_in_every_way(vault, person), *meet_every_refusal(vault, person)]
    pages = [person.get(path).content for path in pages_that_show_none(person)]
    assert person.get("/journal/export").content.count(b"register.revealed") == 1

    written = [*files_below(tmp_path), *rows_of(vault), *server_files(vault, request), *person.seen, *pages]
    assert len(written) > 50
    everything = [squeezed(each) for each in written]
    assert [number for number in numbers for each in everything if tells(each, number)] == []


def enter_in_every_way(vault: Vault, person: Person) -> list[str]:
    """By form, by paste, by file, into a known other account, shared knowingly; and one of them looked at."""
    base, numbers = person.base, [new_iban() for _ in range(4)]
    by_form, by_paste, by_file, by_card = *numbers[:3], new_card()
    assert person.submit(f"{base}/add", kind="bank_account", value=by_form, label="payouts").url.endswith("/register")
    person.submit(f"{base}/add", kind="card", value=by_card)
    person.submit(f"{base}/list", values=f"iban; {by_paste}; old bank")
    person.submit(f"{base}/list", values=f"iban; {by_paste}; old bank", take="1")
    files = {"file": ("banks.csv", f"kind,value\nIBAN,{by_file}\n".encode("utf-16"))}
    assert by_file in person.try_to_submit(f"{base}/list", files=files).text
    person.try_to_submit(f"{base}/list", files=files, take="1")
    other = person.submit(f"{base}/others/add", name="Old partner").url.removeprefix(person.address)
    warned = person.try_to_submit(f"{other}/add", kind="bank_account", value=by_form.lower())
    assert warned.status_code == 409
    person.submit(f"{other}/add", kind="bank_account", value=by_form.lower(), anyway="1")
    reveal(vault, person, by_form)
    with vault.database.reading() as session:
        assert session.query(RegisterEntry).count() == 5
    return [*numbers[:3], by_card]


def reveal(vault: Vault, person: Person, number: str) -> None:
    """Looks at the number in full; who has just signed in is not asked again."""
    with vault.database.reading() as session:
        entry = session.query(RegisterEntry).filter(RegisterEntry.label == "payouts").one()
    shown = person.try_to_submit(person.base, to=f"{person.base}/entries/{entry.id}/reveal", next=person.base)
    assert number in shown.text


def meet_every_refusal(vault: Vault, person: Person) -> list[str]:
    """A typing error, a number in a label, a card with its code, a line of nonsense, the database gone."""
    base, numbers = person.base, [new_iban() for _ in range(4)]
    mistyped, in_label, in_sheet, at_fault = numbers
    mistyped = mistyped[:-1] + str((int(mistyped[-1]) + 1) % 10)
    with_code = f"{new_card()} 123"
    refused = [
        person.try_to_submit(f"{base}/add", kind="bank_account", value=mistyped),
        person.try_to_submit(f"{base}/add", kind="bank_account", value=in_label, label=in_label.replace(" ", "")),
        person.try_to_submit(f"{base}/add", kind="card", value=with_code),
        person.try_to_submit(f"{base}/add", kind="nothing", value=mistyped),
    ]
    assert [answer.status_code for answer in refused] == [422] * 4
    person.try_to_submit(
        f"{base}/list", values=f"{in_sheet};iban;\niban;{mistyped};x\niban;{in_sheet};;{in_sheet}", take="1"
    )
    with vault.database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE register_entries RENAME TO elsewhere"))
    broken = person.try_to_submit(f"{base}/others/add", to=f"{base}/add", kind="bank_account", value=at_fault)
    assert broken.status_code in (500, 503)
    with vault.database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE elsewhere RENAME TO register_entries"))
    return [mistyped, in_label, in_sheet, at_fault, with_code.split(" ")[0]]


def pages_that_show_none(person: Person) -> Iterable[str]:
    account = f"/a/{person.account_id}"
    yield from (f"{account}/", f"{account}/register", f"{account}/register/add", f"{account}/register/list")
    yield from (f"{account}/journal", f"{account}/tasks", f"{account}/register/others", "/journal/export")


def files_below(folder: Path) -> Iterator[bytes]:
    """Everything on disk: the vault's folder with its store, the database with its write-ahead log, the logs."""
    return (path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def rows_of(vault: Vault) -> Iterator[bytes]:
    """Every row of every table, sessions included."""
    with vault.database.engine.connect() as connection:
        names = vault.database.engine.dialect.get_table_names(connection)
        for name in names:
            for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"'):
                yield repr(tuple(row)).encode()


def server_files(vault: Vault, request: pytest.FixtureRequest) -> Iterator[bytes]:
    """The files of the PostgreSQL server: tables, write-ahead log, its own log."""
    if vault.database.engine.dialect.name == "postgresql":
        server: PostgreSQL = request.getfixturevalue("postgresql")
        with vault.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("CHECKPOINT")
        yield from files_below(server.socket_folder)
