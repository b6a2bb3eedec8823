"""A further account's file as steps: what each asks for, why, and what is there."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import render_template

from vault.db.entities.accounts import SellerAccount
from vault.db.entities.further import PaperPurpose
from vault.domain.findings import Finding, Verdict, verdict_of
from vault.domain.message import N_
from vault.services.further.reading import OpenFile, Paper
from vault.web import link_words


@dataclass(frozen=True, slots=True)
class Asked:
    """One step of the checklist. `text`: the text of the plan that answers it; `purpose`: the documents that do."""

    name: str
    title: str
    why: str
    checks: tuple[str, ...]
    text: str = ""
    purpose: PaperPurpose | None = None


STEPS = (
    Asked(
        "reason",
        N_("Business reason"),
        N_("Amazon allows a further account only for a real need: another brand, another company, another business."),
        ("further.reason",),
        text="reason",
    ),
    Asked(
        "run_by",
        N_("Who runs it"),
        N_("Shared people, computers and lines are what links accounts. Say who runs this one, and from where."),
        ("further.run_by",),
        text="run_by",
        purpose=PaperPurpose.PLAN,
    ),
    Asked(
        "values",
        N_("Bank account and other data of its own"),
        N_("Each seller account holds its own bank data. What is planned here is compared with what your accounts have."),
        ("further.bank", "further.shared"),
    ),
    Asked(
        "inventory",
        N_("Inventory of its own"),
        N_("Goods of one account that are shipped for the other mix the two for good."),
        ("further.inventory",),
        text="inventory",
    ),
    Asked(
        "products",
        N_("Products of its own"),
        N_("The same products in two accounts look like one seller who wants two places."),
        ("further.products",),
        text="products",
    ),
    Asked(
        "strategy",
        N_("Strategy of its own"),
        N_("Prices and texts that move together are seen as one hand. Say how this account decides by itself."),
        ("further.strategy",),
        text="strategy",
    ),
    Asked(
        "brands",
        N_("Proof of distinct brands"),
        N_("Registrations, licences and contracts show that the brands are different ones, and that you may sell them."),
        ("further.brands",),
        purpose=PaperPurpose.BRANDS,
    ),
    Asked(
        "approval",
        N_("Amazon's approval, or good standing"),
        N_("Ask Amazon before you open it, and keep the answer. Without one, every account must be in good standing."),
        ("further.approval", "further.standing"),
        purpose=PaperPurpose.APPROVAL,
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """A step as it stands: its findings, what was written, the documents in it."""

    asked: Asked
    findings: tuple[Finding, ...]
    written: str
    papers: tuple[Paper, ...]

    @property
    def verdict(self) -> Verdict:
        return verdict_of(self.findings)


def folder_summary(opened: OpenFile, account: SellerAccount) -> bytes:
    """The page that says what is in the folder of a file, in HTML; within a request, whose language it has."""
    steps = list(steps_of(opened))
    page = render_template(
        "further/summary.html", opened=opened, file=opened.file, account=account, steps=steps, kinds=link_words.KINDS
    )
    return page.encode()


def steps_of(opened: OpenFile) -> Iterator[Step]:
    for asked in STEPS:
        yield Step(
            asked=asked,
            findings=tuple(each for each in opened.findings if each.check in asked.checks),
            written=getattr(opened.file, asked.text) if asked.text else "",
            papers=tuple(paper for paper in opened.papers if paper.purpose == asked.purpose),
        )
