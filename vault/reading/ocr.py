"""The only module that knows how Tesseract is called."""

import functools
import os
from collections.abc import Sequence
from dataclasses import dataclass

import pytesseract
from PIL import Image
from pytesseract import Output

from vault.domain.errors import Misconfigured
from vault.domain.message import N_
from vault.reading.glyphs import clean
from vault.sandbox.pictures import Grey

# ISO 639-1 to the names of Tesseract's models.
MODELS = {"en": "eng", "fr": "fra", "de": "deu", "it": "ita", "es": "spa", "nl": "nld", "pt": "por", "pl": "pol"}
FALLBACK = "en"
_WHOLE_PAGE, _BLOCK, _ORIENTATION = 3, 6, 0


class OcrTimeout(Exception):
    """Tesseract did not finish in the seconds it was given."""


class OcrFailed(Exception):
    """Tesseract could not make anything of the picture."""


@dataclass(frozen=True, slots=True)
class OcrWord:
    """A word in pixels of the picture that was read: left, top, right, bottom. Confidence 0 … 1."""

    text: str
    box: tuple[int, int, int, int]
    confidence: float


@functools.cache
def installed_languages() -> frozenset[str]:
    """ISO 639-1 codes whose models are installed. Raises Misconfigured when Tesseract itself is missing."""
    try:
        models = pytesseract.get_languages()
        pytesseract.get_tesseract_version()
    except (pytesseract.TesseractNotFoundError, SystemExit) as error:
        raise Misconfigured(
            N_("Tesseract is missing, so scans cannot be read. Install tesseract-ocr and tesseract-ocr-eng.")
        ) from error
    return frozenset(language for language, model in MODELS.items() if model in models)


def read_words(image: Grey, language: str, seconds: float, *, block: bool = False) -> tuple[OcrWord, ...]:
    """The words of a page, or of one `block` of it. Raises OcrTimeout, OcrFailed."""
    model = MODELS.get(language if language in installed_languages() else FALLBACK, "eng")
    config = f"--psm {_BLOCK if block else _WHOLE_PAGE} --dpi 300"
    try:
        table = pytesseract.image_to_data(
            _as_file(image), lang=model, config=config, timeout=seconds, output_type=Output.DICT
        )
    except pytesseract.TesseractError as error:
        raise OcrFailed(str(error)) from error
    except RuntimeError as error:  # how pytesseract reports its time-out
        raise OcrTimeout from error
    return tuple(_words(table))


def upside(image: Grey, seconds: float) -> int:
    """How many quarter turns clockwise make the page upright; 0 also when Tesseract cannot tell."""
    config = f"--psm {_ORIENTATION} --dpi 300"
    try:
        answer = pytesseract.image_to_osd(_as_file(image), config=config, timeout=seconds, output_type=Output.DICT)
    except pytesseract.TesseractError:
        return 0
    except RuntimeError as error:
        raise OcrTimeout from error
    return int(answer["rotate"]) // 90 % 4 if float(answer["orientation_conf"]) >= 1.0 else 0


def _as_file(image: Grey) -> Image.Image:
    """PPM costs nothing to write and read; compressing a PNG takes a tenth of the time of reading the page.

    Tesseract's own threads are turned off: pages are read side by side instead, which is eight times faster.
    """
    os.environ["OMP_THREAD_LIMIT"] = "1"
    picture = Image.fromarray(image)
    picture.format = "PPM"
    return picture


def _words(table: dict[str, Sequence[object]]) -> list[OcrWord]:
    words = []
    columns = zip(
        table["text"], table["conf"], table["left"], table["top"], table["width"], table["height"], strict=False
    )
    for text, confidence, left, top, width, height in columns:
        word, sure = clean(str(text)), float(str(confidence))
        if word and sure >= 0:
            x, y, w, h = (int(str(value)) for value in (left, top, width, height))
            words.append(OcrWord(word, (x, y, x + w, y + h), min(1.0, sure / 100)))
    return words
