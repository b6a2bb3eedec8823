"""Text without what varies from one writing of it to the next."""

import re
import unicodedata

# Letters that Unicode does not take apart.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ı": "i"})


def plain_words(text: str) -> list[str]:
    """The words of `text` without case, accents and punctuation; ``S.A.R.L.`` is one word.

    Text in another script than the Latin one keeps its letters.
    """
    folded = unicodedata.normalize("NFKD", text.casefold())
    folded = "".join(each for each in folded if not unicodedata.combining(each)).translate(_LETTERS)
    folded = re.sub(r"(?<=\b\w)\.(?=\w\b)", "", folded)
    return re.findall(r"[^\W_]+", folded)


def bare(text: str) -> str:
    """Only the letters and digits of `text`, in capitals, without accents."""
    return "".join(plain_words(text)).upper()
