import pytest

from vault.checks.registry import INVOICE_CHECKS, require_known_checks
from vault.domain.audits import AuditKind
from vault.domain.errors import Misconfigured
from vault.domain.findings import Severity
from vault.rules.loader import load_rules

SMALL = """
title = "Ours"
[due_days]
critical = 1
high = 2
normal = 5
low = 9
[profiles.guide]
version = 7
title = "Ours"
[[profiles.guide.checks]]
check = "{check}"
required = true
severity = "high"
source = "our lawyer, 2026"
settings = {settings}
"""


@pytest.fixture
def rule_file(tmp_path):
    def write(check="invoice.kind", settings="{ min_confidence = 50 }"):
        path = tmp_path / "rules.toml"
        path.write_text(SMALL.format(check=check, settings=settings))
        return path

    return write


def test_the_rule_book_of_the_product_names_every_check_with_its_source():
    book = load_rules()
    require_known_checks(book)
    guide = book.profiles["guide"]
    of_invoices = [profile for profile in book.profiles.values() if profile.about == "invoice"]
    assert {rule.check for profile in of_invoices for rule in profile.rules} == set(INVOICE_CHECKS)
    assert all(rule.source for rule in guide.rules)
    assert set(book.due_days) == set(Severity)


def test_an_operators_rule_book_replaces_it(rule_file):
    book = load_rules(rule_file())
    assert book.profiles["guide"].label == "guide/7"
    assert book.due_days[Severity.NORMAL] == 5
    assert book.version != load_rules().version


def test_what_a_copy_made_long_ago_does_not_have_is_as_the_product_has_it(rule_file):
    book, own = load_rules(rule_file()), load_rules()
    assert set(book.profiles) == set(own.profiles)
    assert (book.duties, book.reminders, book.readiness) == (own.duties, own.reminders, own.readiness)
    assert book.letters == own.letters
    assert book.audits == own.audits


def test_a_profile_that_extends_another_has_its_checks_and_its_own_in_their_place():
    book = load_rules()
    guide, appeal = book.profiles["guide"], book.profiles["appeal"]
    asked = {rule.check: rule for rule in appeal.rules}
    assert {rule.check for rule in guide.rules} < set(asked)
    assert asked["invoice.issue_date"].number("window_days") == 365
    assert asked["invoice.legible"] in guide.rules


def test_a_profile_extends_the_operators_own(rule_file):
    path = rule_file(settings="{ min_confidence = 77 }")
    asked = {rule.check: rule for rule in load_rules(path).profiles["appeal"].rules}
    assert asked["invoice.kind"].number("min_confidence") == 77


@pytest.mark.parametrize("base", ["appeal", "horoscope", "security"])
def test_a_profile_cannot_extend_one_that_is_not_there_or_extends_another(rule_file, base):
    path = rule_file()
    extended = path.read_text().replace('title = "Ours"\n[[', f'title = "Ours"\nextends = "{base}"\n[[')
    path.write_text(extended)
    with pytest.raises(Misconfigured, match="extends"):
        load_rules(path)


def test_every_kind_of_audit_has_its_list_of_evidence():
    book = load_rules()
    assert set(book.audits) == set(AuditKind)
    for kind, asked in book.audits.items():
        assert asked.kind is kind
        assert asked.source
        assert all(part.source for part in asked.parts)
        assert asked.profile == "" or book.profiles[asked.profile].about == "invoice"
        assert any(part.required for part in asked.parts)


@pytest.mark.parametrize(
    "settings", ["{ min_confidence = -1 }", "{ min_confidence = true }", "{ min_confidence = 1.5 }", "7"]
)
def test_a_setting_that_makes_no_sense_is_refused_with_its_file(rule_file, settings):
    with pytest.raises(Misconfigured, match=r"rules\.toml"):
        load_rules(rule_file(settings=settings))


def test_a_rule_book_that_is_no_toml_or_not_there_is_refused(tmp_path):
    broken = tmp_path / "broken.toml"
    broken.write_text("[[")
    for path in (broken, tmp_path / "absent.toml"):
        with pytest.raises(Misconfigured):
            load_rules(path)


def test_a_check_that_does_not_exist_is_refused(rule_file):
    with pytest.raises(Misconfigured, match=r"invoice\.horoscope"):
        require_known_checks(load_rules(rule_file(check="invoice.horoscope")))
