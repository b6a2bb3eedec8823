"""Whether a page's text layer can be believed, or whether the page must be looked at instead."""

from enum import StrEnum

from vault.reading.language import detect
from vault.reading.pdf import Layer

_FEW_WORDS = 12
_LARGE_PICTURE = 0.5
_MOST_UNMAPPED = 0.15
_MOST_HIDDEN = 0.5


class Doubt(StrEnum):
    """Why a text layer is not believed. `EMPTY` needs a look at the page: it may simply be blank."""

    EMPTY = "empty"
    SCAN = "text_layer_scan"
    UNMAPPED = "text_layer_unmapped"
    HIDDEN = "text_layer_hidden"
    GARBLED = "text_layer_garbled"


def doubt_about(layer: Layer) -> Doubt | None:
    """None: the layer is good. What is drawn invisibly is somebody else's OCR, or a lie: the page itself counts."""
    if not layer.words:
        return Doubt.EMPTY
    texts = [word.text for word in layer.words]
    if layer.unmapped > _MOST_UNMAPPED or (layer.guessed > _MOST_UNMAPPED and not detect(texts)):
        return Doubt.UNMAPPED
    if layer.picture > _LARGE_PICTURE and len(layer.words) < _FEW_WORDS:
        return Doubt.SCAN
    if layer.hidden > _MOST_HIDDEN and layer.picture > _LARGE_PICTURE:
        return Doubt.HIDDEN
    if _is_garbled(texts):
        return Doubt.GARBLED
    return None


def _is_garbled(texts: list[str]) -> bool:
    """A font whose characters are mapped wrongly gives many words of Latin letters and none that any language has."""
    latin = [text for text in texts if text.isascii() and sum(map(str.isalpha, text)) >= 3]
    if len(latin) < 30:
        return False
    spoken = sum(1 for text in latin if any(letter in "aeiouyAEIOUY" for letter in text))
    symbols = sum(1 for text in texts if not any(map(str.isalnum, text)))
    return (spoken < 0.6 * len(latin) or symbols > 0.4 * len(texts)) and not detect(texts)
