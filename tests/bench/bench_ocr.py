"""OCR pages a second against bare Tesseract on the same prepared pages, the words it gets right, and text PDFs.

Reads invoices that it makes itself. Figures are ratios and shares of one run: absolute times depend on the machine.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from pathlib import Path

from PIL import Image

from tests.invoices.compose import make_invoice
from tests.invoices.degrade import RECIPES, as_image, as_scan, merged
from tests.invoices.render import Layout, render
from vault.domain.readings import Reading
from vault.reading.ocr import MODELS
from vault.reading.pages import load
from vault.reading.pdf import PdfFile
from vault.reading.prepare import prepare
from vault.reading.sandbox.reader import SandboxedReader
from vault.sandbox.limits import Limits
from vault.sandbox.pictures import grey

PAGES = 12
TEXT_ROUNDS = 40
LIMITS = Limits(seconds=600)
LANGUAGES = ("fr", "de", "en", "it")
LOCALE_OF = {"en": "en_gb"}


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def invoices(language: str, count: int) -> list[bytes]:
    layouts = islice(cycle((Layout.LETTERHEAD, Layout.SIDEBAR, Layout.DENSE, Layout.SIMPLE)), count)
    return [
        render(make_invoice(seed, LOCALE_OF.get(language, language)), layout) for seed, layout in enumerate(layouts)
    ]


def scanned_document(language: str, count: int) -> bytes:
    """One PDF of `count` scanned pages."""
    whole = b""
    for seed, pdf in enumerate(invoices(language, count)):
        scan = as_scan(pdf, RECIPES["scan"], seed, pages=[0])
        with PdfFile(scan) as opened:
            single = len(opened) == 1
        if single:
            whole = merged(whole, scan) if whole else scan
    return whole


def prepared_files(document: bytes, folder: Path) -> list[Path]:
    files = []
    with PdfFile(document) as pdf:
        for number in range(1, len(pdf) + 1):
            picture = grey(pdf.page(number).render(dpi=200, most_pixels=25_000_000, grey=True))
            files.append(folder / f"{number}.pgm")
            Image.fromarray(prepare(picture).image).save(files[-1])
    return files


def bare_tesseract(files: Sequence[Path], language: str) -> None:
    """Tesseract on its own, one page a core."""
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}

    def read(file: Path) -> None:
        command = ["tesseract", str(file), "stdout", "-l", MODELS[language], "--psm", "3", "--dpi", "300", "tsv"]
        subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)

    with ThreadPoolExecutor(LIMITS.threads) as pool:
        list(pool.map(read, files))


def bench_speed(reader: SandboxedReader) -> None:
    for language in ("en", "de"):
        document = scanned_document(language, PAGES)
        with tempfile.TemporaryDirectory() as folder:
            files = prepared_files(document, Path(folder))
            bare = min(timed(lambda: bare_tesseract(files, language)) for _ in range(2))  # noqa: B023
        ours = min(timed(lambda: reader.read(document)) for _ in range(2))  # noqa: B023
        pages = len(files)
        print(
            f"ocr speed, {language}, {pages} pages: reader {pages / ours:.2f} pages/s, "
            f"bare tesseract {pages / bare:.2f} pages/s, ratio {bare / ours:.2f} (budget 0.90)"
        )


def words_right(printed: Reading, scanned: Reading) -> float:
    """Share of the printed words of the first page that the scan gave, exactly."""
    wanted = Counter(word.text for word in printed.pages[0].words)
    found = Counter(word.text for word in scanned.pages[0].words)
    return (wanted & found).total() / wanted.total()


def bench_words(reader: SandboxedReader) -> None:
    for name in ("clean", "scan", "skewed", "noisy", "coarse", "shaded", "fax", "upside_down", "photo"):
        shares = []
        for seed, language in enumerate(LANGUAGES):
            pdf = invoices(language, seed + 1)[-1]
            scanned = reader.read(as_image(pdf, RECIPES[name], seed))
            shares.append(words_right(reader.read(pdf), scanned))
        print(f"ocr words right, {name}: {statistics.mean(shares):.3f} (least {min(shares):.3f})")


def bench_text(reader: SandboxedReader) -> None:
    documents = [pdf for language in LANGUAGES for pdf in invoices(language, 4)]
    reader.read(documents[0])
    times = [timed(lambda: reader.read(pdf)) for pdf in islice(cycle(documents), TEXT_ROUNDS)]  # noqa: B023
    alone = [timed(lambda: load(pdf, LIMITS, lambda done, total: None)) for pdf in documents]  # noqa: B023
    print(
        f"text pdf in the warm sandbox: median {statistics.median(times) * 1000:.0f} ms, "
        f"least {min(times) * 1000:.0f} ms, pages alone {statistics.median(alone) * 1000:.0f} ms (budget 50)"
    )


def main() -> None:
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    with SandboxedReader(LIMITS) as reader:
        reader.start()
        bench_text(reader)
        bench_speed(reader)
        bench_words(reader)


if __name__ == "__main__":
    main()
