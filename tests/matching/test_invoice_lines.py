"""What suppliers print, against what Amazon lists: terse, upper case, cut off, in five languages."""

import pytest

from vault.domain.products import Decision
from vault.matching.index import Index
from vault.matching.matcher import match
from vault.matching.query import Query


@pytest.mark.parametrize(
    ("printed", "asin"),
    [
        ("104512 LUMORA LX-200 LED DESK LAMP USB BLK", "B0LAMPBLK1"),
        ("LUMORA LAMPE BUREAU LX200 LED NOIRE", "B0LAMPBLK1"),
        ("Schreibtischlampe Lumora LX200 weiß, dimmbar", "B0LAMPWHT1"),
        ("AQUAVIO THERMOSFL. EDELST. 750ML SCHW.", "B0BOTTLE75"),
        ("A-2231 Aquavio Thermosflasche 0,5 l schwarz", "B0BOTTLE50"),
        ("KABELON LADEKABEL USB-C 1M GRAU", "B0USBC1M00"),
        ("MEMORIX MICROSDXC 128GB CL.10", "B0CARD0128"),
        ("Sonalto casque SB45 bluetooth noir", "B0CASQUE01"),
        ("CUFFIE SONALTO SB-45 BLUETOOTH BIANCO", "B0CASQUE02"),
        ("REF 88-120 FORGELAME COUTEAU CHEF 20CM OLIVIER", "B0COUTEAU1"),
        ("PASSORELLA TAPPETO YOGA 183X61 10MM VIOLA", "B0TAPPETO2"),
        ("0007714 CUMBRAL MOCHILA SENDERISMO 45 L VERDE", "B0MOCHILA2"),
        ("FLAMBELLE BOUGIE PARF. VANILLE 200G LOT DE 2", "B0BOUGIE01"),
        ("Reinwald Olivenölseife Lavendel 100g", "B0SEIFE001"),
        ("TONER PRINTANA PT85A", "B0TONER001"),
        ("CLICKWELL WIRELESS MOUSE M310 RED", "B0MOUSE001"),
        ("Wandering Wizards card game", "B0GAME0001"),
    ],
)
def test_a_terse_line_finds_its_product(shop: Index, printed: str, asin: str) -> None:
    found = match(shop, Query(printed))
    assert found.candidates[0].product_id == asin
    assert found.product_id in (asin, None)


@pytest.mark.parametrize(
    "printed",
    [
        "FRAIS DE PORT",
        "Versandkosten DHL Paket",
        "Spese di spedizione",
        "Descuento 3 % pronto pago",
        "Palette Europe consignée",
        "Schrauben M6 x 40 verzinkt, 100 Stück",
        "CHAISE DE JARDIN PLIANTE ALU",
    ],
)
def test_a_line_for_something_else_matches_nothing(shop: Index, printed: str) -> None:
    assert match(shop, Query(printed)).decision is not Decision.MATCH
