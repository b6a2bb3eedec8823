"""Putting together what is sent: archives and combined PDFs, of all the contents or of a part of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from vault.composing.binder import combine
from vault.composing.book import Combined
from vault.composing.composer import Composer
from vault.services.bundles import sheets as words
from vault.services.bundles.bags import BagFile, bag_file, zip_bag
from vault.services.bundles.binding import book_of
from vault.services.bundles.briefs import Brief
from vault.services.bundles.contents import Contents
from vault.services.bundles.extracts import extract
from vault.services.bundles.files import Copied, file_at, original_files
from vault.services.bundles.sheets import Sheets, sales_table
from vault.services.vault import Vault


@dataclass(frozen=True, slots=True)
class Made:
    """A file that is ready to be kept. `name`: without what tells it from files of other bundles, ``-part-2-of-3.zip``."""

    path: Path
    name: str
    media_type: str

    @property
    def size(self) -> int:
        return self.path.stat().st_size


class Assembly:
    """Makes files below `folder` of one brief and its copies. Methods raise as `Composer` and the store do.

    `tell` is called while it works, with a step and how far that is. `flaws`: what keeps the PDFs made so far from
    conforming to PDF/A.
    """

    def __init__(
        self,
        vault: Vault,
        composer: Composer,
        brief: Brief,
        copied: Copied,
        folder: Path,
        tell: Callable[[str, int, int], None],
    ) -> None:
        self._vault, self._composer, self._brief, self._copied = vault, composer, brief, copied
        self._folder, self._tell = folder, tell
        self.flaws: set[str] = set()

    def archive(self, contents: Contents, part: int = 1, parts: int = 1) -> Made:
        """A bag with everything of `contents`, complete in itself."""
        suffix = _suffix(part, parts)
        files = self._files(contents, part, parts)
        path, size = self._folder / f"bundle{suffix}.zip", sum(file.size for file in files)
        group = f"audit-{contents.demand.audit_id[-8:]}"
        info = {"External-Identifier": contents.demand.case_id or contents.demand.audit_id}
        if parts > 1:
            info |= {"Bag-Group-Identifier": group, "Bag-Count": f"{part} of {parts}"}
        done = 0
        with path.open("wb") as target:
            for chunk in zip_bag(f"{group}{suffix}", files, info):
                done += target.write(chunk)
                self._tell("packing", min(done, size), size)
        return Made(path, f"{suffix}.zip", "application/zip")

    def book(self, contents: Contents, part: int = 1, parts: int = 1) -> Made:
        """The combined PDF alone, for where archives are not taken."""
        suffix = _suffix(part, parts)
        path = self._folder / f"book{suffix}.pdf"
        self._bind(contents, self._copied.of(contents), part, parts, path, has_originals=False)
        return Made(path, f"{suffix}.pdf", "application/pdf")

    def _files(self, contents: Contents, part: int, parts: int) -> list[BagFile]:
        options, copied = self._brief.options, self._copied.of(contents)
        has_originals = not options.without_prices
        combined = self._folder / "combined.pdf"
        sheets = self._bind(contents, copied, part, parts, combined, has_originals=has_originals)
        documents = len(contents.enclosed) if has_originals else len({each.enclosed.id for each in copied.files})
        lies = list(_lies(contents, copied, without_prices=options.without_prices))
        with self._vault.database.reading() as session:
            trail = _trail(session, contents)
        files = [
            bag_file("README.pdf", sheets.readme(lies, copied.left_out, documents)),
            *([bag_file("letter.txt", contents.letter.encode())] if contents.letter else []),
            file_at("combined.pdf", combined),
            *(file_at(f"copies/{copy.name}", copy.path) for copy in copied.files),
            *(original_files(self._vault, contents) if has_originals else ()),
            *(
                bag_file(f"sales/{each.asin}.csv", sales_table(each.asin, each.sales))
                for each in contents.products
                if each.sales
            ),
        ]
        for number, sheet in enumerate(sheets.suppliers(), 1):
            files.append(bag_file("suppliers.pdf" if number == 1 else f"suppliers-{number}.pdf", sheet))
        return [*files, bag_file("journal.jsonl", trail)]

    def _bind(
        self, contents: Contents, copied: Copied, part: int, parts: int, path: Path, *, has_originals: bool
    ) -> Sheets:
        self._tell("binding", part - 1, parts)
        sheets = Sheets(self._composer, contents, self._brief.options, part, parts)
        book = book_of(contents, copied, sheets, has_originals=has_originals)
        made: Combined = combine(self._composer, book, path)
        self.flaws.update(made.flaws)
        return sheets


def _trail(session: Session, contents: Contents) -> bytes:
    return extract(session, contents.enclosed, contents.journal_to)


def _lies(contents: Contents, copied: Copied, *, without_prices: bool) -> Iterator[tuple[str, str]]:
    """What is there, by path."""
    yield "combined.pdf", words.COMBINED
    if copied.files:
        yield "copies/", words.REDACTED if without_prices else words.COPIES
    if not without_prices:
        yield "originals/", words.ORIGINALS
    if contents.letter:
        yield "letter.txt", words.LETTER_TITLE
    if told := [each.sales for each in contents.products if each.sales]:
        yield "sales/", words.SALES_IN_PART if any(each.days_unknown for each in told) else words.SALES
    if contents.suppliers:
        yield "suppliers.pdf", words.SUPPLIERS
    yield "journal.jsonl", words.JOURNAL


def _suffix(part: int, parts: int) -> str:
    return f"-part-{part}-of-{parts}" if parts > 1 else ""
