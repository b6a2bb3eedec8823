"""What a PDF says about itself: title, language, and that it conforms to PDF/A where that was checked."""

import io
from html import escape

from PIL import ImageCms

from vault.composing.pdf_objects import text_string

PRODUCER = "Seller Vault"
_DATE = slice(24, 36)  # of an ICC profile's header: when it was made (ICC.1, 7.2)
_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:format>application/pdf</dc:format>\
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>\
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"><pdf:Producer>{producer}</pdf:Producer></rdf:Description>
{conformance}</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
_CONFORMS = """<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">\
<pdfaid:part>{part}</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance></rdf:Description>
"""
METADATA = "/Type/Metadata/Subtype/XML"


def packet(title: str, language: str, part: int | None) -> bytes:
    """XMP (ISO 16684-1). `part` of ISO 19005 that the file conforms to at level b, None for none.

    Without dates: the same content gives the same bytes.
    """
    values = {"title": escape(_printable(title)), "language": escape(language), "producer": PRODUCER}
    return _PACKET.format(**values, conformance=_CONFORMS.format(part=part) if part else "").encode()


def information(title: str) -> str:
    """The information dictionary; says what the XMP says."""
    return f"<</Title {text_string(_printable(title))}/Producer({PRODUCER})>>"


def colour_profile() -> bytes:
    """sRGB, always with the same bytes."""
    stream = bytearray(io.BytesIO(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()).getvalue())
    stream[_DATE] = bytes([0x07, 0xE8, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0])
    return bytes(stream)


def output_intent(profile: int) -> str:
    """`profile` is the number of the profile's object."""
    return (
        "<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB)"
        f"/RegistryName(http://www.color.org)/DestOutputProfile {profile} 0 R>>"
    )


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() else " " for character in text).strip()
