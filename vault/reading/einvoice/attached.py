"""The e-invoice inside a PDF, if there is one."""

from vault.reading.einvoice import cii, ubl, xml
from vault.reading.einvoice.einvoice import EInvoice
from vault.reading.structure import embedded_files

_MOST_BYTES = 10 << 20
# The names that the standards prescribe; another XML file counts only where none of these is there.
_NAMES = ("factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml", "cii.xml")


def attached_invoice(data: bytes) -> EInvoice | None:
    """The invoice attached to a PDF, by content and not by name alone. None when there is none that can be read."""
    if b"EmbeddedFile" not in data and b"ObjStm" not in data:
        return None
    files = [(name, content) for name, content in embedded_files(data, _MOST_BYTES) if name.lower().endswith(".xml")]
    files.sort(key=lambda file: file[0].lower() not in _NAMES)
    return next((invoice for _, content in files if (invoice := parse_invoice(content))), None)


def parse_invoice(data: bytes) -> EInvoice | None:
    """The invoice that an XML file in CII or UBL holds, or None."""
    root = xml.parse(data)
    if root is None:
        return None
    invoice = cii.read_cii(root) if cii.is_cii(root) else ubl.read_ubl(root) if ubl.is_ubl(root) else None
    return invoice if invoice and (invoice.fields.number or invoice.fields.total) else None
