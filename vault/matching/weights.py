"""How much a word says: rare words point at one product, frequent ones at none."""

import math
import zlib
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from vault.matching.lexicon import lexicon

# A small catalogue says little about how rare a word is: this many imagined products stand beside it.
IMAGINED_PRODUCTS = 60.0
SHARE_OF_STOPWORD = 0.25
SHARE_OF_WORD = 0.01


class WordWeights:
    """Inverse document frequencies, scaled to 0 … 1, over hashed words.

    Words are hashed into a table, so that a million titles need no dictionary; the few collisions only make
    a word look more frequent than it is.
    """

    def __init__(self, frequencies: npt.NDArray[np.int64], products: int) -> None:
        self._frequencies = frequencies
        self._mask = len(frequencies) - 1
        self._products = products + IMAGINED_PRODUCTS
        self._scale = math.log(self._products / (IMAGINED_PRODUCTS * SHARE_OF_WORD))

    @classmethod
    def of(cls, documents: Iterable[Iterable[str]], bits: int = 16) -> "WordWeights":
        """Weights from the distinct words of each document."""
        frequencies = np.zeros(1 << bits, dtype=np.int64)
        count = 0
        for document in documents:
            count += 1
            for word in document:
                frequencies[word_hash(word) & ((1 << bits) - 1)] += 1
        return cls(frequencies, count)

    def __call__(self, word: str) -> float:
        """0 for a word on every product, 1 for one that no product has."""
        share = SHARE_OF_STOPWORD if word in lexicon().stopwords else SHARE_OF_WORD
        seen = float(self._frequencies[word_hash(word) & self._mask]) + IMAGINED_PRODUCTS * share
        return min(1.0, max(0.0, math.log(self._products / seen) / self._scale))


def word_hash(word: str) -> int:
    """A stable 32-bit hash of a word."""
    return zlib.crc32(word.encode())
