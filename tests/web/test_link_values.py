"""Saying on the pair's page that an explanation holds for a value too that came later, and taking that back."""

import io
import re

import pytest
from flask import Flask

from tests.web.desk import employ
from tests.web.test_link_pages import IBAN, PHONE, Group, open_group
from vault.domain.links import ExplanationKind
from vault.domain.register import AttributeKind
from vault.domain.roles import Role
from vault.services.documents import intake
from vault.services.links import links
from vault.services.links.explanations import NewExplanation, explain
from vault.services.vault import Vault


@pytest.fixture
def asked(app: Flask, vault: Vault) -> Group:
    """Two accounts that share a phone, which a licence explains, and since then another one."""
    group = open_group(app, vault, "Lavandine", "Verdant", "Solo")
    share(group, AttributeKind.PHONE, PHONE)
    document = intake.keep(vault, group.actor, group.ids[0], io.BytesIO(b"%PDF-1.4 yes"), "Licence.pdf").document_id
    given = NewExplanation(ExplanationKind.LICENCE, "One brand", document)
    explain(vault, group.actor, links.pairs(vault, group.actor)[0].id, given)
    share(group, AttributeKind.PHONE, f"{PHONE[:-1]}1")
    return group


def share(group: Group, kind: AttributeKind, text: str) -> None:
    for place in (0, 1):
        group.enter(place, kind, text)


def form_to(page: str, what: str) -> tuple[str, dict[str, str]]:
    """The address of the form that does this, and what its hidden fields send."""
    found = re.search(rf'<form method="post" action="(/links/[^"]+/{what})".*?</form>', page, re.S)
    assert found
    return found[1], dict(re.findall(r'name="(\w+)" value="([^"]*)"', found[0]))


def test_a_new_value_is_asked_about_beside_it_and_its_task_says_so(asked: Group) -> None:
    page = asked.look(asked.pair)
    assert "One thing here came to be shared after it was explained" in page
    assert page.count("It holds for this too</button>") == 1
    assert "to be confirmed" in page
    assert "yes, with a document" in page


def test_one_press_confirms_and_another_takes_it_back(vault: Vault, asked: Group) -> None:
    score = links.pairs(vault, asked.actor)[0].score
    address, sent = form_to(asked.look(asked.pair), "confirm")
    assert asked.desk.client.post(address, data=sent).status_code == 303
    page = asked.look(asked.pair)
    assert "Recorded: the explanation holds for this too" in page
    assert "Holds for this too:" in page
    assert "It holds for this too</button>" not in page
    assert links.pairs(vault, asked.actor)[0].score < score
    assert "Explanation of a link confirmed for one value more" in page
    again = asked.desk.client.post(address, data=sent, follow_redirects=True)
    assert "There is nothing to confirm here any more" in again.text
    address, sent = form_to(page, "withdraw")
    assert "confirmations" in address
    assert asked.desk.client.post(address, data=sent).status_code == 303
    assert "Taken back. The explanation counts for this no longer." in asked.look(asked.pair)
    assert links.pairs(vault, asked.actor)[0].score == score
    assert asked.desk.client.post(address, data=sent).status_code == 404


def test_who_sees_one_side_can_confirm_nothing(app: Flask, asked: Group) -> None:
    desk = employ(app, asked.ids[0], Role.MANAGER)
    address, sent = form_to(asked.look(asked.pair), "confirm")
    assert desk.client.post(address, data={**sent, "csrf_token": desk.token}).status_code == 404


def test_an_explanation_of_another_pair_cannot_be_confirmed_here(vault: Vault, asked: Group) -> None:
    asked_pair = asked.pair
    for place in (0, 2):
        asked.enter(place, AttributeKind.BANK_ACCOUNT, IBAN)
    address, sent = form_to(asked.look(asked_pair), "confirm")
    foreign = next(pair.id for pair in links.pairs(vault, asked.actor) if pair.id not in address)
    elsewhere = re.sub(r"/links/[^/]+", f"/links/{foreign}", address)
    assert asked.desk.client.post(elsewhere, data=sent).status_code == 404
