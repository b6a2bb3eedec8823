"""`sellervault audit`: what Amazon demands on a terminal."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.first_use import make_owner, open_account
from tests.invoices.compose import make_buyer
from tests.shop import Shop
from vault.cli.main import cli
from vault.config import Settings
from vault.db.entities.audits import AuditBundle
from vault.db.migrate import migrate
from vault.domain.audits import AuditKind
from vault.domain.ids import new_id
from vault.services.audits import audits
from vault.services.audits.confirming import Confirmed, confirm
from vault.services.days import today
from vault.services.vault import open_vault


@dataclass(frozen=True)
class Opened:
    home: Path
    account_id: str
    audit_id: str

    def run(self, *arguments: str) -> Result:
        environment = {"VAULT_HOME": str(self.home), "COLUMNS": "200"}
        return CliRunner().invoke(cli, ["audit", *arguments], env=environment)


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    vault = open_vault(Settings(home=tmp_path))
    migrate(vault.database.engine)
    actor, account_id = open_account(vault, make_owner(vault), make_buyer(1, "fr"))
    audit = audits.open_audit(vault, actor, account_id, "Please send invoices.")
    said = Confirmed(
        kind=AuditKind.AUTHENTICITY,
        noticed_on=today(vault),
        deadline=vault.clock() + timedelta(days=2),
        case_id="[9]123",
        asins=("B0TESTAAA1",),
    )
    confirm(vault, actor, account_id, audit.id, said)
    Shop(vault, actor, account_id).work()
    vault.close()
    return Opened(tmp_path, account_id, audit.id)


def test_audits_are_listed_with_deadline_and_case(opened: Opened) -> None:
    told = opened.run("list", opened.account_id)
    assert told.exit_code == 0, told.output
    for shown in (opened.audit_id, "[9]123", "authenticity", "gathering"):
        assert shown in told.stdout


def test_one_is_shown_with_what_is_missing_by_its_case_number(opened: Opened) -> None:
    told = opened.run("show", "[9]123")
    assert told.exit_code == 0, told.output
    assert "invoices B0TESTAAA1: missing" in told.stdout
    assert "Amazon has not been told yet" in told.stdout


def test_a_bundle_without_evidence_is_refused_and_unknown_audits_are_named(opened: Opened) -> None:
    refused = opened.run("bundle", opened.audit_id)
    assert refused.exit_code != 0
    assert "No document goes in yet" in str(refused.exception)
    unknown = opened.run("show", "nothing")
    assert "no single audit" in str(unknown.exception)


def test_guests_are_invited_listed_and_revoked(opened: Opened) -> None:
    invited = opened.run("guests", "invite", opened.audit_id, "Maître [Roux]", "--days", "3", "--with-bundles")
    assert invited.exit_code == 0, invited.output
    assert "/guest#" in invited.stdout
    told = opened.run("guests", "list", "[9]123").stdout
    assert "Maître [Roux]" in told
    assert invited.stdout.splitlines()[-1].partition("#")[2] not in told
    guest_id = told.splitlines()[-2].split("│")[-2].strip()
    assert opened.run("guests", "revoke", opened.audit_id, guest_id).exit_code == 0
    assert "revoked" in opened.run("guests", "list", opened.audit_id).stdout


def test_nobody_is_invited_for_too_long_and_it_is_said_why(opened: Opened) -> None:
    refused = opened.run("guests", "invite", opened.audit_id, "Maître Roux", "--days", "99")
    assert refused.exit_code == 1
    assert "between 1 and 30 days" in refused.output
    assert opened.run("guests", "revoke", opened.audit_id, "0" * 26).exit_code == 1


def test_a_letter_is_printed_and_what_is_missing_in_it_beside(opened: Opened) -> None:
    told = opened.run("letter", opened.audit_id)
    assert told.exit_code == 0, told.output
    assert told.stdout.startswith("Subject: Authenticity of the products named in your notice, case [9]123")
    assert "fail: Still missing: root cause." in told.stderr
    assert opened.run("letter", opened.audit_id, "acknowledgement", "--language", "de").stdout.startswith("Betreff:")
    assert opened.run("letter", opened.audit_id, "supplier_request").exit_code == 1
    assert opened.run("letter", "no such case").exit_code == 1


def test_a_channel_that_is_not_there_is_named_with_those_that_are(opened: Opened) -> None:
    refused = opened.run("bundle", opened.audit_id, "--channel", "pigeon")
    assert refused.exit_code != 0
    assert "no_limit, appeal, message, mail" in str(refused.exception)


def test_a_bundle_is_shown_with_the_reason_for_which_there_is_none_and_tried_again(opened: Opened) -> None:
    vault = open_vault(Settings(home=opened.home))
    with vault.database.transaction() as session:
        bundle = AuditBundle(id=new_id(), audit_id=opened.audit_id, options={"channel": "mail"}, made_by="x")
        bundle.made_at, bundle.problem = vault.clock(), {"text": "Too large: %(name)s.", "params": {"name": "a.pdf"}}
        session.add(bundle)
    vault.close()
    told = opened.run("show", opened.audit_id)
    assert f"bundle {bundle.id}" in told.stdout
    assert "mail: could not be made" in told.stdout
    assert "Too large: a.pdf." in told.stdout
    assert opened.run("again", opened.audit_id, bundle.id).exit_code == 0
    assert "mail: being made" in opened.run("show", opened.audit_id).stdout
