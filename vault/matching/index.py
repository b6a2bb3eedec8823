"""Finding the few products of a catalogue that a line can mean, without looking at all of them."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from vault.domain.products import Product
from vault.matching.identifiers import gtin14
from vault.matching.lexicon import lexicon
from vault.matching.measures import sizes
from vault.matching.profile import LONGEST_TEXT, Profile
from vault.matching.text import codes as codes_in
from vault.matching.text import compact, fold, grams, words
from vault.matching.weights import WordWeights, word_hash

# Products looked at closely for one line.
SHORTLIST = 20
# Postings walked for one line: the rarest terms first, so what is left unread says next to nothing.
POSTINGS_READ = 80_000
PREFIX, GRAM = 5, 4
# Profiles kept between lines: catalogues of the usual size are taken apart once.
PROFILES_KEPT = 30_000


class Index:
    """A catalogue ready to be searched; immutable once built, safe to share between threads.

    Holds the products, a table of terms (words, beginnings of words, pieces of codes) with the products that have
    them, and dictionaries of identifiers.
    """

    def __init__(self, products: Sequence[Product]) -> None:
        self.products = tuple(products)
        bits = max(16, min(23, (len(self.products) * 8).bit_length()))
        self._mask = (1 << bits) - 1
        self._postings, self._offsets = _invert(self.products, self._mask)
        counts = np.diff(self._offsets)
        self.weight = lru_cache(maxsize=100_000)(WordWeights(counts, len(self.products)))
        self._rarity = np.log1p(len(self.products) / np.maximum(counts, 1)).astype(np.float32)
        self._lengths = _lengths(self._postings, self._offsets, self._rarity, len(self.products))
        self._identifiers = _identifiers(self.products)
        self.profile = lru_cache(maxsize=PROFILES_KEPT)(self._profile)

    def __len__(self) -> int:
        return len(self.products)

    def identified(self, kind: str, value: str) -> tuple[int, ...]:
        """Places of the products with this identifier; `kind` is asin, fnsku, sku or gtin."""
        return self._identifiers.get((kind, value), ())

    def nearest(self, line: Profile, limit: int = SHORTLIST) -> list[int]:
        """Places of the products that share the most telling terms with the line, best first."""
        terms = np.fromiter(
            {word_hash(term) & self._mask for term in _terms(line.text, line.brand, line.model)}, np.int64
        )
        sizes = self._offsets[terms + 1] - self._offsets[terms]
        terms = terms[np.argsort(sizes, kind="stable")]
        scores = np.zeros(len(self.products), dtype=np.float32)
        read = 0
        for term in terms.tolist():
            places = self._postings[self._offsets[term] : self._offsets[term + 1]]
            read += len(places)
            if read > POSTINGS_READ and read > len(places):
                break
            scores[places] += self._rarity[term] ** 2
        return self._best(scores, limit)

    def _best(self, scores: npt.NDArray[np.float32], limit: int) -> list[int]:
        found = np.flatnonzero(scores)
        ranked = scores[found] / self._lengths[found]
        if len(found) > limit:
            best = np.argpartition(-ranked, limit)[:limit]
            found, ranked = found[best], ranked[best]
        return [int(place) for place in found[np.argsort(-ranked, kind="stable")]]

    def _profile(self, place: int) -> Profile:
        return Profile.of(self.products[place])


def build_index(products: Iterable[Product]) -> Index:
    """The index of a catalogue. Linear in its size; one million titles take about a minute."""
    return Index(tuple(products))


def _terms(text: str, brand: str, model: str) -> Iterator[str]:
    """What a product is found by: words, beginnings of words, sizes, codes and their pieces. Texts are folded. Repeats are possible."""
    measured = sizes(text)
    yield from measured.words
    for word in lexicon().translate(words(measured.rest)):
        yield word
        if len(word) > PREFIX:
            yield "^" + word[:PREFIX]
    yield from words(brand)
    for code in {*codes_in(text), *([model] if model else ())}:
        yield code
        yield from ("#" + gram for gram in grams(code, GRAM))


def _invert(products: Sequence[Product], mask: int) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.int64]]:
    """Postings (places of products, term by term) and, for each term, where its postings begin."""
    terms: list[npt.NDArray[np.uint32]] = []
    for product in products:
        found = _terms(fold(product.title[:LONGEST_TEXT]), fold(product.brand), compact(product.model))
        terms.append(np.fromiter({word_hash(term) & mask for term in found}, np.uint32))
    lengths = np.fromiter((len(item) for item in terms), np.int64, len(terms))
    flat = np.concatenate(terms) if terms else np.empty(0, np.uint32)
    del terms
    places = np.repeat(np.arange(len(products), dtype=np.uint32), lengths)
    offsets = np.zeros(mask + 2, dtype=np.int64)
    np.cumsum(np.bincount(flat, minlength=mask + 1), out=offsets[1:])
    return places[np.argsort(flat, kind="stable")], offsets


def _lengths(
    postings: npt.NDArray[np.uint32], offsets: npt.NDArray[np.int64], rarity: npt.NDArray[np.float32], products: int
) -> npt.NDArray[np.float32]:
    """Long titles share terms with everything: scores are divided by the (dampened) weight of all terms."""
    weights = np.repeat(rarity**2, np.diff(offsets))
    total = np.bincount(postings, weights=weights, minlength=products)
    return np.asarray(np.sqrt(total + float(total.mean() if products else 1.0)), dtype=np.float32)


def _identifiers(products: Sequence[Product]) -> dict[tuple[str, str], tuple[int, ...]]:
    table: dict[tuple[str, str], tuple[int, ...]] = {}
    for place, product in enumerate(products):
        for key in _keys(product):
            table[key] = (*table.get(key, ()), place)
    return table


def _keys(product: Product) -> set[tuple[str, str]]:
    keys = {("asin", product.asin.upper()), ("fnsku", product.fnsku.upper())}
    keys.update(("sku", sku.strip().casefold()) for sku in product.skus)
    keys.update(("gtin", gtin14(gtin)) for gtin in product.gtins)
    return {key for key in keys if key[1]}
