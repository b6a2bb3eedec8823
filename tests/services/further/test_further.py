"""The file of a further account: what it lacks is work, and nobody learns of accounts that he may not see."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import select

from tests.shop import Shop
from vault.db.entities.accounts import SellerAccount
from vault.db.entities.further import FurtherAccount, FurtherPaper, FurtherState, FurtherValue, PaperPurpose
from vault.db.entities.register import RegisterEntry
from vault.db.entities.work import Task, TaskState
from vault.domain.errors import Conflict, Forbidden, Invalid, NotFound
from vault.domain.findings import Outcome, Severity
from vault.domain.ids import new_id
from vault.domain.register import AccountStatus, AttributeKind
from vault.domain.roles import Role
from vault.journal.seals import SEALED
from vault.journal.table import entries
from vault.services.access import Actor
from vault.services.further import contents as further_contents
from vault.services.further import further
from vault.services.further import judging as further_judging
from vault.services.further.further import Plan
from vault.services.journal.history import entries_about, lines_about
from vault.services.register.values import read_value, seal

WHOLE = Plan(
    name="Garden tools",
    marketplace="DE",
    reason="A second company sells tools of another brand, with its own warehouse and staff.",
    run_by="Noor Haddad, from her own office and computer",
    inventory="Own warehouse in Lille, shipped by our staff there",
    products="Garden tools of the brand Verdant, none of them offered today",
    strategy="Prices follow the brand's list, decided in Lille alone",
)
IBAN = "FR76 3000 6000 0112 3456 7890 189"


def open_second(shop: Shop, **state: object) -> tuple[Actor, str]:
    """Another seller account of the same owner. Returns the owner of both, and its id."""
    account = SellerAccount(
        id=new_id(), name="Second", legal_name="Second SARL", marketplaces=["DE"], created_at=shop.vault.clock()
    )
    account.status, account.health_rating = AccountStatus.ACTIVE, 900
    for name, value in state.items():
        setattr(account, name, value)
    with shop.vault.database.transaction() as session:
        session.add(account)
    return replace(shop.actor, roles={shop.account_id: Role.OWNER, account.id: Role.OWNER}), account.id


def rate(shop: Shop, account_id: str, health: int | None, status: AccountStatus = AccountStatus.ACTIVE) -> None:
    with shop.vault.database.transaction() as session:
        account = session.get_one(SellerAccount, account_id)
        account.health_rating, account.status = health, status


def enter(shop: Shop, holder_id: str, kind: AttributeKind, text: str) -> None:
    """A value in the register of an account."""
    read = read_value(shop.vault, kind, text)
    entry = RegisterEntry(id=new_id(), account_id=holder_id, holder_id=holder_id, kind=kind, created_by="x")
    entry.encrypted, entry.masked, entry.fingerprint = seal(shop.vault, read), read.masked, read.fingerprint
    entry.created_at = shop.vault.clock()
    with shop.vault.database.transaction() as session:
        session.add(entry)


def open_tasks(shop: Shop) -> list[Task]:
    wanted = select(Task).where(Task.subject_type == "further_account", Task.state == TaskState.OPEN)
    with shop.vault.database.reading() as session:
        return list(session.scalars(wanted.order_by(Task.check_id, Task.id)))


def outcomes(shop: Shop, file: FurtherAccount, actor: Actor | None = None) -> dict[str, Outcome]:
    seen = (actor or shop.actor).account_ids
    with shop.vault.database.reading() as session:
        held = session.get_one(FurtherAccount, file.id)
        return {each.check: each.outcome for each in further_judging.findings_of(session, shop.vault, held, seen)}


def fill(shop: Shop, plan: Plan = WHOLE) -> FurtherAccount:
    """A file in which nothing is missing."""
    file = further.open_file(shop.vault, shop.actor, shop.account_id, plan)
    paper = shop.keep(b"%PDF-1.4 a trademark registration").document_id
    where = (shop.vault, shop.actor, shop.account_id, file.id)
    further_contents.add_value(*where, AttributeKind.BANK_ACCOUNT, IBAN)
    further_contents.add_paper(*where, PaperPurpose.BRANDS, paper)
    further_contents.add_paper(*where, PaperPurpose.APPROVAL, paper)
    return file


def test_every_item_that_is_missing_is_a_task_until_it_is_there(shop: Shop) -> None:
    file = further.open_file(shop.vault, shop.actor, shop.account_id, Plan("Garden tools"))
    missing = {task.check_id for task in open_tasks(shop)}
    assert missing == {
        "further.reason", "further.run_by", "further.bank", "further.inventory", "further.products",
        "further.strategy", "further.brands", "further.approval",
    }  # fmt: skip
    further.change_plan(shop.vault, shop.actor, shop.account_id, file.id, WHOLE)
    assert {task.check_id for task in open_tasks(shop)} == {"further.bank", "further.brands", "further.approval"}


def test_a_file_with_everything_has_no_task_and_can_be_called_complete(shop: Shop) -> None:
    file = fill(shop)
    assert open_tasks(shop) == []
    further.complete(shop.vault, shop.actor, shop.account_id, file.id)
    assert further.list_files(shop.vault, shop.actor, shop.account_id)[0].file.state == FurtherState.COMPLETE


def test_a_file_that_lacks_something_cannot_be_called_complete(shop: Shop) -> None:
    file = further.open_file(shop.vault, shop.actor, shop.account_id, WHOLE)
    with pytest.raises(Invalid, match="3 items are missing"):
        further.complete(shop.vault, shop.actor, shop.account_id, file.id)


def test_a_complete_file_is_a_draft_again_when_something_goes(shop: Shop) -> None:
    file = fill(shop)
    further.complete(shop.vault, shop.actor, shop.account_id, file.id)
    with shop.vault.database.reading() as session:
        value = session.scalars(select(FurtherValue)).one()
    further_contents.remove_value(shop.vault, shop.actor, shop.account_id, file.id, value.id)
    assert further.list_files(shop.vault, shop.actor, shop.account_id)[0].file.state == FurtherState.DRAFT
    assert [task.check_id for task in open_tasks(shop)] == ["further.bank"]


def test_judging_again_changes_nothing(shop: Shop) -> None:
    further.open_file(shop.vault, shop.actor, shop.account_id, Plan("Garden tools"))
    with shop.vault.database.transaction() as session:
        assert further_judging.judge(session, shop.vault, shop.account_id) == []


def test_dropping_a_plan_closes_its_tasks_and_taking_it_up_opens_them_again(shop: Shop) -> None:
    file = further.open_file(shop.vault, shop.actor, shop.account_id, WHOLE)
    further.drop(shop.vault, shop.actor, shop.account_id, file.id)
    assert open_tasks(shop) == []
    with pytest.raises(Conflict):
        further.change_plan(shop.vault, shop.actor, shop.account_id, file.id, WHOLE)
    further.resume(shop.vault, shop.actor, shop.account_id, file.id)
    assert len(open_tasks(shop)) == 3


def test_a_plan_leads_to_another_account_that_one_sees(shop: Shop) -> None:
    actor, second = open_second(shop)
    file = fill(shop)
    for nonsense in (shop.account_id, new_id()):
        with pytest.raises(Invalid):
            further.note_opened(shop.vault, actor, shop.account_id, file.id, nonsense)
    further.note_opened(shop.vault, actor, shop.account_id, file.id, second)
    assert further.list_files(shop.vault, actor, shop.account_id)[0].file.opened_id == second


def test_good_standing_is_stated_only_where_it_is_so(shop: Shop) -> None:
    actor, second = open_second(shop, health_rating=150)
    rate(shop, shop.account_id, 800)
    file = further.open_file(shop.vault, actor, shop.account_id, WHOLE)
    with pytest.raises(Invalid) as refused:
        further_contents.state_standing(shop.vault, actor, shop.account_id, file.id)
    assert str(refused.value.problems[second]) == "The health rating of “Second” is 150, and should be at least 200."
    rate(shop, second, 200)
    further_contents.state_standing(shop.vault, actor, shop.account_id, file.id)
    assert outcomes(shop, file, actor)["further.approval"] is Outcome.PASS


@pytest.mark.parametrize(
    ("health", "status", "said"),
    [
        (None, AccountStatus.ACTIVE, "is not known"),
        (800, AccountStatus.SUSPENDED, "is not active"),
        (800, AccountStatus.AT_RISK, "is not active"),
    ],
)
def test_what_is_not_known_to_be_well_is_not_well(
    shop: Shop, health: int | None, status: AccountStatus, said: str
) -> None:
    rate(shop, shop.account_id, health, status)
    file = further.open_file(shop.vault, shop.actor, shop.account_id, WHOLE)
    with pytest.raises(Invalid) as refused:
        further_contents.state_standing(shop.vault, shop.actor, shop.account_id, file.id)
    assert said in str(refused.value.problems[shop.account_id])


def test_a_critical_task_is_no_good_standing(shop: Shop) -> None:
    rate(shop, shop.account_id, 800)
    file = further.open_file(shop.vault, shop.actor, shop.account_id, WHOLE)
    shop.keep(b"%PDF-1.4 nothing in it")
    shop.work()
    with shop.vault.database.transaction() as session:
        task = session.scalars(select(Task).where(Task.subject_type == "document")).first()
        assert task is not None
        task.severity = Severity.CRITICAL
    with pytest.raises(Invalid) as refused:
        further_contents.state_standing(shop.vault, shop.actor, shop.account_id, file.id)
    assert "critical task" in str(refused.value.problems[shop.account_id])


def test_a_statement_that_no_longer_holds_is_a_task_of_both_accounts(shop: Shop) -> None:
    actor, second = open_second(shop)
    rate(shop, shop.account_id, 800)
    file = further.open_file(shop.vault, actor, shop.account_id, WHOLE)
    further_contents.state_standing(shop.vault, actor, shop.account_id, file.id)
    rate(shop, second, 800, AccountStatus.SUSPENDED)
    with shop.vault.database.transaction() as session:
        further_judging.judge(session, shop.vault, shop.account_id)
    (task,) = [task for task in open_tasks(shop) if task.check_id == "further.standing"]
    assert (task.account_id, task.other_account_id) == (shop.account_id, second)
    assert further_judging.file_id_of(task.subject_id) == file.id
    rate(shop, second, 800)
    with shop.vault.database.transaction() as session:
        further_judging.judge(session, shop.vault, shop.account_id)
    assert "further.standing" not in {task.check_id for task in open_tasks(shop)}


def test_the_journal_does_not_tell_how_many_accounts_a_statement_is_about(shop: Shop) -> None:
    """Who reads it, or gets the folder, may see fewer of them."""
    actor, _ = open_second(shop)
    rate(shop, shop.account_id, 800)
    file = further.open_file(shop.vault, actor, shop.account_id, WHOLE)
    further_contents.state_standing(shop.vault, actor, shop.account_id, file.id)
    with shop.vault.database.reading() as session:
        (said,) = [each.entry for each in entries_about(session, file.id) if each.entry.action.endswith("_stated")]
    assert set(said.details) == {SEALED}


def test_the_folder_s_journal_numbers_nothing_for_who_does_not_see_every_account(shop: Shop) -> None:
    actor, _ = open_second(shop)
    file = fill(shop)
    with shop.vault.database.reading() as session:
        whole, part = (lines_about(session, each, file.id).splitlines() for each in (actor, shop.actor))
    assert [json.loads(line)["action"] for line in part] == [json.loads(line)["action"] for line in whole]
    assert {"seq", "hash"} <= json.loads(whole[0]).keys()
    assert all(json.loads(line).keys() == {"at", "actor", "action", "details"} for line in part)


def test_a_bank_account_of_another_account_is_told_to_who_sees_both_and_to_nobody_else(shop: Shop) -> None:
    actor, second = open_second(shop)
    enter(shop, second, AttributeKind.BANK_ACCOUNT, IBAN)
    file = fill(shop)
    (task,) = open_tasks(shop)
    assert (task.check_id, task.other_account_id) == ("further.shared", second)
    assert outcomes(shop, file, actor)["further.shared"] is Outcome.FAIL
    assert outcomes(shop, file, shop.actor)["further.shared"] is Outcome.PASS
    assert "further.reopened" not in dict(shop.journal())


def test_what_may_be_shared_with_an_approval_is_a_warning(shop: Shop) -> None:
    actor, second = open_second(shop)
    enter(shop, second, AttributeKind.PHONE, "+33 1 23 45 67 89")
    file = fill(shop)
    where = (shop.vault, shop.actor, shop.account_id, file.id)
    further_contents.add_value(*where, AttributeKind.PHONE, "+33 1 23 45 67 89")
    assert outcomes(shop, file, actor)["further.shared"] is Outcome.WARN


def test_the_name_of_the_company_that_is_there_counts_as_shared(shop: Shop) -> None:
    with shop.vault.database.reading() as session:
        legal_name = session.get_one(SellerAccount, shop.account_id).legal_name
    file = fill(shop)
    where = (shop.vault, shop.actor, shop.account_id, file.id)
    further_contents.add_value(*where, AttributeKind.LEGAL_ENTITY, legal_name)
    assert outcomes(shop, file)["further.shared"] is Outcome.WARN


def test_a_planned_value_is_nowhere_in_clear(shop: Shop) -> None:
    file = fill(shop)
    with shop.vault.database.reading() as session:
        value = session.scalars(select(FurtherValue).where(FurtherValue.file_id == file.id)).one()
        journal = repr(session.scalars(select(entries.c.details)).all())
    digits = IBAN.replace(" ", "")
    assert digits not in value.encrypted + value.masked + value.fingerprint + journal
    with pytest.raises(Conflict) as refused:
        further_contents.add_value(shop.vault, shop.actor, shop.account_id, file.id, AttributeKind.BANK_ACCOUNT, digits)
    assert digits not in str(refused.value)


def test_a_document_of_another_account_cannot_be_put_in_the_file(shop: Shop) -> None:
    actor, second = open_second(shop)
    file = further.open_file(shop.vault, actor, shop.account_id, WHOLE)
    foreign = replace(shop, actor=actor, account_id=second).keep(b"%PDF-1.4 theirs").document_id
    for document_id in (foreign, new_id()):
        with pytest.raises(Invalid):
            further_contents.add_paper(shop.vault, actor, shop.account_id, file.id, PaperPurpose.BRANDS, document_id)
    assert shop.count(FurtherPaper) == 0


def test_a_document_stands_in_the_file_once(shop: Shop) -> None:
    file = fill(shop)
    with shop.vault.database.reading() as session:
        paper = session.scalars(select(FurtherPaper).where(FurtherPaper.purpose == "brands")).one()
    where = (shop.vault, shop.actor, shop.account_id, file.id)
    further_contents.add_paper(*where, PaperPurpose.BRANDS, paper.document_id)
    assert shop.count(FurtherPaper) == 2
    further_contents.remove_paper(*where, paper.id)
    assert [task.check_id for task in open_tasks(shop)] == ["further.brands"]


def test_only_who_manages_the_account_writes(shop: Shop) -> None:
    file = fill(shop)
    assistant, stranger = Actor("a", "A", {shop.account_id: Role.ASSISTANT}), Actor("s", "S")
    with pytest.raises(Forbidden):
        further.change_plan(shop.vault, assistant, shop.account_id, file.id, WHOLE)
    with pytest.raises(Forbidden):
        further_contents.state_standing(shop.vault, assistant, shop.account_id, file.id)
    with pytest.raises(NotFound):
        further.list_files(shop.vault, stranger, shop.account_id)


def test_a_plan_names_each_field_that_cannot_be(shop: Shop) -> None:
    with pytest.raises(Invalid) as refused:
        further.open_file(shop.vault, shop.actor, shop.account_id, Plan(" ", marketplace="XX", reason="x" * 5001))
    assert set(refused.value.problems) == {"name", "marketplace", "reason"}
