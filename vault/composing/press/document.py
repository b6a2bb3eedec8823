"""A PDF of its own made of pages from a writer. Only to be used in the sandbox."""

import io

from vault.composing import metadata
from vault.composing.pdf_objects import ObjectWriter, PdfFile, text_string
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

    def written(self, title: str = "", language: str = "", *, conforms: bool) -> bytes:
        """The whole file. `conforms`: that it is PDF/A-2b was checked."""
        kids = " ".join(f"{page} 0 R" for page in self.pages)
        self.writer.put(f"<</Type/Pages/Kids[{kids}]/Count {len(self.pages)}>>", self._tree)
        stream = io.BytesIO()
        file = PdfFile(stream)
        file.append(self.writer.fragment(self.pages))
        root, info = close_with(file, self._tree, title, language, conforms=conforms)
        file.close({"Root": root, "Info": info})
        return stream.getvalue()


def close_with(
    file: PdfFile, tree: int, title: str, language: str, *, conforms: bool, more: str = ""
) -> tuple[int, int]:
    """Numbers of catalogue and information, written with what they need."""
    profile, packet, root, info = (file.reserve() for _ in range(4))
    file.stream(profile, "/N 3", metadata.colour_profile())
    file.stream(packet, metadata.METADATA, metadata.packet(title, language, conforms=conforms))
    intent = metadata.output_intent(profile)
    shown = "/ViewerPreferences<</DisplayDocTitle true>>"
    spoken = f"/Lang {text_string(language)}" if language else ""
    said = f"{spoken}/Metadata {packet} 0 R/OutputIntents[{intent}]{shown}"
    file.put(root, f"<</Type/Catalog/Pages {tree} 0 R{said}{more}>>")
    file.put(info, metadata.information(title))
    return root, info
