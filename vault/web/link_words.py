"""What links accounts, in plain words: kinds of values, how they are shared, what a score means, why it is explained."""

from vault.domain.links import ExplanationKind, How, Risk
from vault.domain.message import N_
from vault.services.words import LINK_KINDS

KINDS = LINK_KINDS

HOW = {
    How.SAME: N_("the same"),
    How.SIMILAR: N_("almost the same"),
    How.ACROSS: N_("the same, entered under another kind"),
    How.WITHIN: N_("one lies within the other"),
    How.NEIGHBOUR: N_("in the same small network"),
    How.DOMAIN: N_("of the same domain"),
    How.SHARE: N_("a part of the smaller catalogue"),
}

RISKS = {
    Risk.NONE: N_("nothing shared"),
    Risk.LOW: N_("low"),
    Risk.WARN: N_("raised"),
    Risk.FAIL: N_("high"),
}

EXPLANATIONS = {
    ExplanationKind.APPROVAL: N_("Amazon approved it"),
    ExplanationKind.LICENCE: N_("Licence"),
    ExplanationKind.CONTRACT: N_("Contract"),
    ExplanationKind.OTHER: N_("Another reason"),
}
