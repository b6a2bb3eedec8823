"""Invoice lines made from catalogue titles: terse, upper case, cut off, abbreviated, in another language, with an
order code in front. What suppliers print, for products whose answer is known."""

import random
from collections.abc import Sequence

from vault.domain.products import Product
from vault.matching.lexicon import lexicon
from vault.matching.query import Query
from vault.matching.text import fold

_LETTERS = "ABCDEFGHKLMNPRSTVWXZ"
_QUANTITIES = ("{} PCS", "{} ST", "{} Stk", "{} U", "x{}", "{} PZ", "{} uds", "Qty {}")


def invoice_line(product: Product, chance: random.Random) -> Query:
    """A line that a supplier could print for `product`. It may have lost what tells the product from its siblings."""
    words = _shortened(product.title.split(), chance)
    if chance.random() < 0.4:
        words = [_translated(word, chance) for word in words]
    if chance.random() < 0.5:
        words = [_abbreviated(word, chance) if chance.random() < 0.3 else word for word in words]
    text = " ".join(words)
    if chance.random() < 0.25:
        text = text[: chance.randint(18, 40)]
    if chance.random() < 0.55:
        text = f"{_order_code(product, chance)} {text}"
    if chance.random() < 0.15:
        text = f"{text} {chance.choice(_QUANTITIES).format(chance.choice((1, 2, 4, 5, 10, 12, 24, 50)))}"
    return Query(text.upper() if chance.random() < 0.6 else text, brand=product.brand if chance.random() < 0.1 else "")


def bare(product: Product) -> Product:
    """The product as a listings report knows it: by its title."""
    return Product(product.id, product.title)


def _shortened(words: Sequence[str], chance: random.Random) -> list[str]:
    """Fewer words, most often without those at the end; never fewer than two."""
    if chance.random() < 0.25:
        return list(words)
    lost = chance.uniform(0.1, 0.5)
    kept = [word for at, word in enumerate(words) if chance.random() > lost * (0.5 + at / len(words))]
    return kept if len(kept) >= 2 else list(words[:3])


def _abbreviated(word: str, chance: random.Random) -> str:
    if len(word) < 6 or not word.isalpha():
        return word
    if chance.random() < 0.5:
        return word[: chance.randint(3, 5)] + chance.choice(("", "."))
    return word[0] + "".join(char for char in word[1:] if char.lower() not in "aeiou")


def _translated(word: str, chance: random.Random) -> str:
    meaning = lexicon().canonical.get(fold(word))
    if meaning is None:
        return word
    return chance.choice([form for form, name in lexicon().canonical.items() if name == meaning])


def _order_code(product: Product, chance: random.Random) -> str:
    if product.model and chance.random() < 0.3:
        return product.model
    number = str(chance.randint(100, 9_999_999))
    letters = "".join(chance.choices(_LETTERS, k=chance.randint(1, 3)))
    return chance.choice((number, f"{letters}{number}", f"{letters}-{number}", f"{number[:3]}.{number[3:] or 0}"))
