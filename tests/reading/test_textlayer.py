from tests.reading.documents import letter, pdf_of
from vault.reading.pdf import Layer, PdfFile
from vault.reading.textlayer import Doubt, doubt_about

SCRAMBLED = str.maketrans("abcdefghijklmnopqrstuvwxyz", "qzxwbcdfvghjkmlnpqrstzxcvb")
PROSE = "please pay the amount within thirty days of the date of this invoice and thank you for your order " * 4


def layer_of(pdf: bytes) -> Layer:
    with PdfFile(pdf) as opened:
        return opened.page(1).layer(10_000)


def test_an_ordinary_letter_is_believed(text_pdf: bytes) -> None:
    assert doubt_about(layer_of(text_pdf)) is None


def test_a_letter_in_another_script_is_believed() -> None:
    words = "Счёт на оплату номер сорок два от поставщика для покупателя всего к оплате рублей " * 4
    assert doubt_about(layer_of(pdf_of(f"<p>{words}</p>"))) is None


def test_a_scan_has_no_layer_to_believe(scanned_pdf: bytes) -> None:
    assert doubt_about(layer_of(scanned_pdf)) is Doubt.EMPTY


def test_letters_mapped_to_wrong_ones_are_noticed() -> None:
    assert doubt_about(layer_of(pdf_of(f"<p>{PROSE.translate(SCRAMBLED)}</p>"))) is Doubt.GARBLED


def test_glyphs_without_a_meaning_are_noticed() -> None:
    private = "".join(chr(0xE000 + number) for number in range(40))
    assert doubt_about(layer_of(pdf_of(f"<p>{private} Invoice</p>"))) is Doubt.UNMAPPED


def test_few_words_do_not_count_as_garbled() -> None:
    assert doubt_about(layer_of(letter())) is None
    assert doubt_about(layer_of(pdf_of("<p>Xkcd Qrst</p>"))) is None
