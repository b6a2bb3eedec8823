"""The pages of linked accounts: for who sees both sides, with a keyboard, without script, and safe from hostile names."""

import html
import io
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, replace

import pytest
from flask import Flask
from sqlalchemy import select

from tests.first_use import make_owner
from tests.services.links.crowd import open_crowd
from tests.web.desk import Desk, employ, sit_down
from vault.db.entities.accounts import SellerAccount
from vault.db.entities.people import Membership
from vault.db.entities.register import RegisterEntry
from vault.domain.ids import new_id
from vault.domain.register import AttributeKind
from vault.domain.roles import Role
from vault.services.access import Actor
from vault.services.documents import intake
from vault.services.links import links
from vault.services.register.entries import EntryDetails, add_entry
from vault.services.register.other_accounts import OtherDetails, add_other
from vault.services.vault import Vault

IBAN = "FR76 3000 6000 0112 3456 7890 189"
PHONE = "+33 1 42 68 53 00"


@dataclass(frozen=True)
class Group:
    """The owner of several seller accounts, at the pages of the first."""

    vault: Vault
    actor: Actor
    ids: tuple[str, ...]
    desk: Desk

    def enter(self, place: int, kind: AttributeKind, text: str) -> None:
        add_entry(self.vault, self.actor, self.ids[place], kind, text, EntryDetails())

    def look(self, address: str = "/links") -> str:
        """A page over all accounts."""
        answer = self.desk.client.get(address)
        assert answer.status_code == 200
        return answer.text

    @property
    def pair(self) -> str:
        """The address of the worst pair."""
        return f"/links/{links.pairs(self.vault, self.actor)[0].id}"


def open_group(app: Flask, vault: Vault, *names: str) -> Group:
    owner, now = make_owner(vault), vault.clock()
    accounts = [
        SellerAccount(id=id_, name=name, legal_name="", marketplaces=["FR"], created_at=now)
        for id_, name in zip(sorted(new_id() for _ in names), names, strict=True)
    ]
    with vault.database.transaction() as session:
        session.add_all(accounts)
        session.flush()
        for account in accounts:
            session.add(Membership(user_id=owner.actor.id, account_id=account.id, role=Role.OWNER, since=now))
    ids = tuple(account.id for account in accounts)
    actor = replace(owner.actor, roles=dict.fromkeys(ids, Role.OWNER))
    return Group(vault, actor, ids, sit_down(app, actor.id, ids[0]))


@pytest.fixture
def group(app: Flask, vault: Vault) -> Group:
    """Two accounts with one bank account, and a third that shares nothing."""
    opened = open_group(app, vault, "Lavandine", "Verdant", "Solo")
    for place in (0, 1):
        opened.enter(place, AttributeKind.BANK_ACCOUNT, IBAN)
    return opened


def picture_in(page: str) -> ET.Element:
    """The first graph, parsed as strictly as XML is."""
    found = re.search(r'<svg class="graph" [^>]*role="group".*?</svg>', page, re.S)
    assert found
    return ET.fromstring(found[0])


@pytest.mark.parametrize("view", ["graph", "matrix", "pairs"])
def test_every_view_names_both_accounts_with_score_and_word(group: Group, view: str) -> None:
    page = group.look(f"/links?view={view}")
    assert "Lavandine" in page
    assert "Verdant" in page
    assert group.pair in page
    assert re.search(r"90.*high", page, re.S)


def test_an_account_that_shares_nothing_is_not_drawn(group: Group) -> None:
    main = group.look().partition('id="main"')[2]
    assert "Solo" not in main
    assert "1 pair, 1 group" in main


def test_the_graph_is_a_picture_of_links_that_the_keyboard_reaches(group: Group) -> None:
    picture = picture_in(group.look())
    anchors = {anchor.get("href"): anchor.get("aria-label") for anchor in picture.iter("a")}
    assert anchors[group.pair] == "Lavandine and Verdant: 90 of 100, high"
    assert anchors[f"/a/{group.ids[0]}/links"] == "Lavandine"
    assert "90" in [text.text for text in picture.iter("text")]


def test_what_is_drawn_stands_below_in_words_too(group: Group) -> None:
    page = group.look()
    assert "The same in words" in page
    assert "Bank account" in page[page.index("The same in words") :]


@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)</script>",
        "\"'><img src=x onerror=alert(1)>",
        "\u202eevil\u202c shop",
        "]]></svg><script>alert(1)</script>",
        "{{ 7*7 }}",
        "&amp; &#x3c;b&#x3e;",
    ],
)
def test_hostile_names_stay_names(app: Flask, vault: Vault, name: str) -> None:
    hostile = open_group(app, vault, name, "Verdant")
    for place in (0, 1):
        hostile.enter(place, AttributeKind.BANK_ACCOUNT, IBAN)
    for address in ("/links", "/links?view=matrix", "/links?view=pairs", hostile.pair, f"{hostile.desk.base}/links"):
        page = hostile.look(address)
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "49" not in page.partition("<main")[2].partition("</h1>")[0]
    picture = picture_in(hostile.look())
    assert {tag.tag for tag in picture.iter()} == {"svg", "a", "g", "line", "rect", "circle", "text", "title"}
    assert name in [title.text for title in picture.iter("title")]


def test_who_sees_one_side_learns_nothing_of_the_pair(app: Flask, group: Group) -> None:
    for role in (Role.ASSISTANT, Role.OWNER):
        desk = employ(app, group.ids[0], role)
        for address in ("/links", "/links?view=pairs", "/links?view=matrix"):
            page = desk.client.get(address).text
            assert "Nothing links your accounts" in page
            assert "Verdant" not in page
            assert "1 pair" not in page
        own = desk.get("/links").text
        assert "Nothing links this account" in own
        assert "linked with 0 accounts" in own
        assert desk.client.get(group.pair).status_code == 404
        assert desk.client.post(group.pair, data={"csrf_token": desk.token, "kind": "other"}).status_code == 404
        assert "Verdant" not in desk.get("/tasks").text


def test_a_question_tells_only_of_accounts_that_one_sees(app: Flask, group: Group) -> None:
    desk = employ(app, group.ids[2], Role.MANAGER)
    answer = desk.post("/links/what-if", holder_id=group.ids[2], kind="bank_account", value=IBAN)
    assert "Nothing changes" in answer.text
    assert "Lavandine" not in answer.text


def test_a_question_shows_before_and_after_and_keeps_nothing(vault: Vault, group: Group) -> None:
    desk = replace(group.desk, base=f"/a/{group.ids[2]}")
    answer = desk.post("/links/what-if", holder_id=group.ids[2], kind="bank_account", value=IBAN)
    assert answer.status_code == 200
    main = answer.text.partition('id="main"')[2]
    assert main.index("Lavandine") < main.index("Verdant")
    assert "nothing shared" in main
    assert "90" in main
    with vault.database.reading() as session:
        held = session.scalars(select(RegisterEntry).where(RegisterEntry.holder_id == group.ids[2])).all()
    assert held == []


def test_the_answer_offers_to_add_the_value_which_warns_once_more(vault: Vault, group: Group) -> None:
    desk = replace(group.desk, base=f"/a/{group.ids[2]}")
    asked = desk.post("/links/what-if", holder_id=group.ids[2], kind="phone", value=PHONE).text
    assert f'action="{desk.base}/register/add"' in asked
    assert desk.post("/register/add", kind="phone", value=PHONE).status_code == 303
    shared = desk.post("/register/add", kind="bank_account", value=IBAN)
    assert shared.status_code == 409


def test_a_value_that_cannot_be_is_marked_at_its_field(group: Group) -> None:
    answer = group.desk.post("/links/what-if", holder_id=group.ids[0], kind="bank_account", value="FR00 1")
    assert answer.status_code == 422
    assert 'id="value-error"' in answer.text


def test_the_pair_shows_masked_values_its_task_and_what_separates(group: Group) -> None:
    page = group.look(group.pair)
    assert "0189" in page
    assert IBAN.replace(" ", "") not in page.replace(" ", "")
    assert "Without this, the score would be 0" in page
    assert "paid into the same bank account" in page
    assert "Task opened" in page


def test_an_explanation_lowers_the_score_until_it_is_taken_back(vault: Vault, group: Group) -> None:
    document = intake.keep(vault, group.actor, group.ids[0], io.BytesIO(b"%PDF-1.4 yes"), "Approval.pdf").document_id
    token, client, pair = group.desk.token, group.desk.client, group.pair
    sent = {"csrf_token": token, "kind": "approval", "reason": "Amazon said yes", "document_id": document}
    assert client.post(pair, data=sent).status_code == 303
    page = group.look(pair)
    assert "Amazon said yes" in page
    assert "yes, with a document" in page
    assert links.pairs(vault, group.actor)[0].score < 30
    withdraw = re.search(r'action="(/links/[^"]+/withdraw)"', page)
    assert withdraw
    assert client.post(withdraw[1], data={"csrf_token": token}).status_code == 303
    assert "Taken back" in group.look(pair)
    assert links.pairs(vault, group.actor)[0].score == 90


def test_an_explanation_without_a_reason_is_refused(group: Group) -> None:
    answer = group.desk.client.post(
        group.pair, data={"csrf_token": group.desk.token, "kind": "contract", "reason": " "}
    )
    assert answer.status_code == 422
    assert "invalid-feedback" in answer.text


def test_an_assistant_of_both_sides_sees_the_pair_and_explains_nothing(app: Flask, vault: Vault, group: Group) -> None:
    desk = employ(app, group.ids[0], Role.ASSISTANT)
    with vault.database.transaction() as session:
        user_id = session.scalars(select(Membership.user_id).where(Membership.role == Role.ASSISTANT)).one()
        now = vault.clock()
        session.add(Membership(user_id=user_id, account_id=group.ids[1], role=Role.ASSISTANT, since=now))
    page = desk.client.get(group.pair)
    assert page.status_code == 200
    assert "Explain it" not in page.text
    sent = {"csrf_token": desk.token, "kind": "other", "reason": "x"}
    assert desk.client.post(group.pair, data=sent).status_code == 403


def test_a_known_other_account_is_told_apart_without_colour(vault: Vault, group: Group) -> None:
    other = add_other(vault, group.actor, group.ids[2], OtherDetails("Former partner"))
    add_entry(vault, group.actor, other.id, AttributeKind.PHONE, PHONE, EntryDetails())
    group.enter(2, AttributeKind.PHONE, PHONE)
    assert "known other account" in group.look("/links?view=pairs")
    assert "known other account" in group.look("/links?view=matrix")
    page = replace(group.desk, base=f"/a/{group.ids[2]}").get("/links").text
    assert "dot-other" in page
    assert page.count("Former partner") > 1
    assert len(re.findall('class="pair-mark"', page)) == 1


def test_filters_narrow_and_say_when_nothing_fits(group: Group) -> None:
    for place in (0, 2):
        group.enter(place, AttributeKind.IP_ADDRESS, f"81.2.69.14{place}")
    assert "2 pairs" in group.look("/links?view=pairs")
    assert ">1 pair<" in group.look("/links?view=pairs&risk=fail")
    assert ">1 pair<" in group.look("/links?view=pairs&kind=ip_address")
    assert ">1 pair<" in group.look("/links?view=pairs&name=SOLO")
    assert "No pair passes these filters" in group.look("/links?view=pairs&name=nobody")
    assert "2 pairs" in group.look("/links?view=nonsense&risk=nonsense&kind=nonsense")


def test_a_list_counts_what_each_filter_would_show(group: Group) -> None:
    for place in (0, 2):
        group.enter(place, AttributeKind.IP_ADDRESS, f"81.2.69.14{place}")
    page = group.look("/links?view=pairs&kind=bank_account")
    assert re.search(r">\s*high \(1\)<", page)
    assert "Bank account (1)" in page
    assert "IP address (1)" in page
    assert "Phone (0)" in page


@pytest.mark.parametrize("view", ["graph", "matrix"])
def test_what_a_picture_leaves_out_is_said_and_leads_to_the_list(app: Flask, vault: Vault, view: str) -> None:
    actor, ids = open_crowd(vault, 30)
    desk = sit_down(app, actor.id, ids[0])
    page = desk.client.get(f"/links?view={view}&risk=fail").text
    found = re.search(r"(\d+) of (\d+) pairs stand here, the gravest first.\s*<a href=\"([^\"]+)\"", page)
    assert found
    assert int(found[1]) < int(found[2])
    drawn = page.count('class="edge edge-') - 3 if view == "graph" else page.count('<td class="cell-fail"') // 2
    assert drawn == int(found[1])
    assert html.unescape(found[3]) == "/links?view=pairs&risk=fail"
    assert f">{found[2]} pairs<" in desk.client.get(html.unescape(found[3])).text


def test_a_small_group_is_drawn_whole_and_says_no_more(group: Group) -> None:
    for view in ("graph", "matrix", "pairs"):
        assert "pairs stand here" not in group.look(f"/links?view={view}")


def test_no_cell_of_a_matrix_is_empty_because_its_pair_is_a_lesser_one(app: Flask, vault: Vault) -> None:
    actor, ids = open_crowd(vault, 26)  # 325 pairs, more than are read to choose the accounts from
    page = sit_down(app, actor.id, ids[0]).client.get("/links?view=matrix").text
    assert len(re.findall(r'<td class="cell-(?:low|warn|fail)"', page)) == 24 * 23


def test_an_account_of_many_pairs_goes_on_to_the_next_page(app: Flask, vault: Vault) -> None:
    actor, ids = open_crowd(vault, 30)
    desk = sit_down(app, actor.id, ids[0])
    page = desk.get("/links").text
    assert "20 of 29 pairs, the gravest first" in page
    following = re.search(r'rel="next" href="([^"]+)"', page)
    assert following
    rest = desk.client.get(html.unescape(following[1])).text
    assert rest.count('class="pair-mark"') == 9
    assert 'rel="prev"' in rest
    assert desk.get(f"/links?of={ids[1]}").status_code == 404
