"""A PDF of its own made of pages from a writer. Only to be used in the sandbox."""

import io
from collections.abc import Iterable, Sequence

from vault.composing import catalogue
from vault.composing.associated import Attachment
from vault.composing.pdf_objects import ObjectWriter, PdfFile
from vault.composing.press.leaves import Leaf
from vault.composing.press.lettering import lettering
from vault.composing.press.sheets import Desk


class Document:
    """Objects and pages of a file that is being made; `desk` puts its pages together."""

    def __init__(self, stamped: str) -> None:
        """`stamped`: whatever is going to be written on its pages."""
        self.writer = ObjectWriter()
        self._tree = self.writer.reserve()
        letters = lettering(stamped)
        self.desk = Desk(self.writer, letters, letters.put(self.writer) if stamped else 0, self._tree)
        self.pages: list[int] = []

    def written(
        self, title: str = "", language: str = "", attachments: Sequence[Attachment] = (), *, conforms: bool
    ) -> bytes:
        """The whole file. `conforms`: that it is PDF/A-2b, or with attachments PDF/A-3b, was checked."""
        kids = " ".join(f"{page} 0 R" for page in self.pages)
        self.writer.put(f"<</Type/Pages/Kids[{kids}]/Count {len(self.pages)}>>", self._tree)
        stream = io.BytesIO()
        file = PdfFile(stream)
        file.append(self.writer.fragment(self.pages))
        catalogue.close(file, self._tree, title, language, attachments=attachments, conforms=conforms)
        return stream.getvalue()


def bare_file(writer: ObjectWriter, leaves: Iterable[Leaf]) -> bytes:
    """A file of the objects of `writer`, which count from 1, with each leaf as a page: for looking at them."""
    stream = io.BytesIO()
    file = PdfFile(stream)
    file.append(writer.fragment(()))
    pages = ObjectWriter(file.next)
    tree = pages.reserve()
    desk = Desk(pages, lettering(""), 0, tree)
    numbers = [desk.bare(leaf) for leaf in leaves]
    kids = " ".join(f"{number} 0 R" for number in numbers)
    pages.put(f"<</Type/Pages/Kids[{kids}]/Count {len(numbers)}>>", tree)
    root = pages.put(f"<</Type/Catalog/Pages {tree} 0 R>>")
    file.append(pages.fragment(numbers))
    file.close({"Root": root})
    return stream.getvalue()
