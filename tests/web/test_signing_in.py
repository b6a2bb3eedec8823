"""Signing in, the second step, and what a stranger can learn from the answers."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import event

from tests.clock import Clock
from tests.first_use import PASSWORD, Owner
from tests.web.conftest import Browser
from tests.web.signing import STEP_SECONDS, current_code
from vault.services.people import joining, passwords, people
from vault.services.vault import Vault


def test_password_and_code_open_the_vault(vault: Vault, browser: Browser, owner: Owner) -> None:
    assert browser.sign_in(vault, owner).location == "/"
    assert browser.is_signed_in()


def test_the_password_alone_opens_nothing(browser: Browser, owner: Owner) -> None:
    browser.post("/sign-in", email=owner.email, password=owner.password)
    assert not browser.is_signed_in()


def test_the_e_mail_address_may_be_written_in_capitals(browser: Browser, owner: Owner) -> None:
    assert browser.post("/sign-in", email=owner.email.upper(), password=owner.password).location == "/sign-in/code"


def test_nobody_can_sign_in_to_a_new_vault(browser: Browser) -> None:
    for email, password in (("admin@example.com", "admin"), ("", ""), ("root@localhost", "sellervault")):
        assert browser.post("/sign-in", email=email, password=password).location is None


def test_digits_of_another_keyboard_are_the_same_code(vault: Vault, browser: Browser, owner: Owner) -> None:
    browser.post("/sign-in", email=owner.email, password=owner.password)
    assert browser.post("/sign-in/code", code="１２３٤٥é").status_code == 422
    full_width = str.maketrans("0123456789", "０１２３４５６７８９")
    browser.post("/sign-in/code", code=current_code(vault, owner).translate(full_width))
    assert browser.is_signed_in()


def test_a_code_works_once(vault: Vault, open_browser: Callable[[], Browser], owner: Owner) -> None:
    code = current_code(vault, owner)
    first, second = open_browser(), open_browser()
    for browser in (first, second):
        browser.post("/sign-in", email=owner.email, password=owner.password)
        browser.post("/sign-in/code", code=code)
    assert first.is_signed_in()
    assert not second.is_signed_in()


@pytest.mark.parametrize(("steps_later", "opens"), [(-2, False), (-1, False), (0, True), (1, True), (2, False)])
def test_a_code_counts_one_step_early_or_late_but_never_before_the_last_one(
    vault: Vault, browser: Browser, owner: Owner, steps_later: int, opens: bool
) -> None:
    browser.post("/sign-in", email=owner.email, password=owner.password)
    browser.post("/sign-in/code", code=current_code(vault, owner, steps_later))
    assert browser.is_signed_in() is opens  # one step before now is the step that enrolled: used already


def test_a_late_code_counts_when_its_step_was_not_used(
    vault: Vault, browser: Browser, owner: Owner, clock: Clock
) -> None:
    clock.advance(timedelta(seconds=2 * STEP_SECONDS))
    browser.post("/sign-in", email=owner.email, password=owner.password)
    browser.post("/sign-in/code", code=current_code(vault, owner, -1))
    assert browser.is_signed_in()


def test_a_recovery_code_works_once_however_it_is_written(open_browser: Callable[[], Browser], owner: Owner) -> None:
    first, second = open_browser(), open_browser()
    for browser in (first, second):
        browser.post("/sign-in", email=owner.email, password=owner.password)
        browser.post("/sign-in/code", code=owner.recovery_codes[0].upper().replace("-", " "))
    assert first.is_signed_in()
    assert not second.is_signed_in()


def test_the_second_step_has_to_follow_within_minutes(
    vault: Vault, browser: Browser, owner: Owner, clock: Clock
) -> None:
    browser.post("/sign-in", email=owner.email, password=owner.password)
    clock.advance(timedelta(minutes=6))
    browser.post("/sign-in/code", page="/sign-in", code=current_code(vault, owner))
    assert not browser.is_signed_in()


def test_an_unknown_person_gets_the_answer_of_a_wrong_password(
    vault: Vault, open_browser: Callable[[], Browser], owner: Owner
) -> None:
    disabled = joining.create_user(vault, joining.NewPerson("Bo", "bo@x.example", PASSWORD), False, "terminal")
    people.set_disabled(vault, "terminal", disabled.id, True)
    answers = set()
    for email, password in ((owner.email, "wrong"), ("nobody@x.example", "wrong"), ("bo@x.example", PASSWORD)):
        answer = open_browser().post("/sign-in", email=email, password=password)
        answers.add((answer.status_code, answer.text.split("<form")[0]))
    assert len(answers) == 1


def test_an_unknown_person_costs_the_same_work_as_a_wrong_password(
    vault: Vault, browser: Browser, owner: Owner
) -> None:
    browser.get("/sign-in")
    work = []
    for email in (owner.email, "nobody@x.example"):
        statements: list[str] = []
        listener = lambda *seen, into=statements: into.append(seen[2])  # noqa: E731
        event.listen(vault.database.engine, "before_cursor_execute", listener)
        browser.post("/sign-in", email=email, password="wrong")
        event.remove(vault.database.engine, "before_cursor_execute", listener)
        work.append(statements)
    assert work[0] == work[1]


def test_what_stands_in_for_an_unknown_persons_hash_costs_what_a_real_one_does() -> None:
    assert not passwords.needs_new_hash(passwords.STAND_IN)
    assert passwords.STAND_IN.split("$")[:4] == passwords.hash_password("x").split("$")[:4]


def test_guessing_one_persons_password_is_slowed_down_for_known_and_unknown_alike(
    browser: Browser, owner: Owner
) -> None:
    for email in (owner.email, "nobody@x.example"):
        answers = [browser.post("/sign-in", email=email, password="wrong").status_code for _ in range(11)]
        assert answers == [422] * 10 + [429]


def test_guessing_many_persons_from_one_address_is_slowed_down(browser: Browser) -> None:
    answers = [browser.post("/sign-in", email=f"p{n}@x.example", password="wrong").status_code for n in range(41)]
    assert answers == [422] * 40 + [429]


def test_guessing_codes_is_slowed_down(vault: Vault, browser: Browser, owner: Owner) -> None:
    browser.post("/sign-in", email=owner.email, password=owner.password)
    answers = [browser.post("/sign-in/code", code=f"00000{n}").status_code for n in range(6)]
    assert answers == [422] * 5 + [429]
    assert browser.post("/sign-in/code", code=current_code(vault, owner)).status_code == 429


def test_after_a_quarter_of_an_hour_one_may_try_again(
    vault: Vault, browser: Browser, owner: Owner, clock: Clock
) -> None:
    for _ in range(11):
        browser.post("/sign-in", email=owner.email, password="wrong")
    clock.advance(timedelta(minutes=16))
    browser.sign_in(vault, owner)
    assert browser.is_signed_in()


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "/\\evil.example", "https://evil.example", "\t//evil.example", "/\n/evil.example", "evil"],
)
def test_nobody_is_sent_elsewhere_after_signing_in(vault: Vault, browser: Browser, owner: Owner, target: str) -> None:
    page = browser.client.get("/sign-in", query_string={"next": target})
    browser.post(page.request.full_path, email=owner.email, password=owner.password)
    assert browser.post("/sign-in/code", code=current_code(vault, owner)).location == "/"


def test_a_person_comes_back_to_the_page_that_asked_for_signing_in(
    vault: Vault, browser: Browser, owner: Owner
) -> None:
    asked = browser.get("/people?from=letter").location
    browser.post(asked, email=owner.email, password=owner.password)
    assert browser.post("/sign-in/code", code=current_code(vault, owner)).location == "/people?from=letter"
