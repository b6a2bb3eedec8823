"""Names of people and of companies, made comparable."""

from vault.domain.errors import Invalid
from vault.domain.message import N_
from vault.linking.plain import plain_words

# Forms of companies: one paper has them, the next leaves them out. Titles of people likewise.
_FORMS = frozenset({
    "ab", "ag", "aps", "as", "berhad", "bhd", "bv", "cie", "co", "company", "corp", "corporation", "eirl", "ek", "eurl",
    "gbr", "gmbh", "inc", "incorporated", "kft", "kg", "lda", "limited", "llc", "llp", "ltd", "mbh", "nv", "ohg", "oy",
    "plc", "pte", "pty", "sa", "sarl", "sas", "sasu", "sdn", "sl", "slu", "snc", "spa", "sprl", "srl", "srls", "ug",
})  # fmt: skip
_TITLES = frozenset({"dr", "frau", "herr", "m", "madame", "mme", "monsieur", "mr", "mrs", "ms", "prof"})


def normal_name(text: str, noise: frozenset[str] = _FORMS) -> str:
    """The telling words of a company's name, in their order. Raises Invalid for a name of nothing but signs."""
    words = plain_words(text)
    telling = [word for word in words if word not in noise] or words
    if len("".join(telling)) < 2:
        raise Invalid(N_("Write the name in full."))
    return " ".join(telling)


def normal_person(text: str) -> str:
    """A person's name; the order of first and last name does not count. A company can own an account too."""
    words = normal_name(text, _FORMS | _TITLES).split(" ")
    return " ".join(sorted(words))
