"""A shop of invented products, with the siblings that make matching hard."""

import pytest

from vault.domain.products import Product
from vault.matching.index import Index, build_index

_TITLES = {
    "B0LAMPBLK1": "Lumora LX-200 Desk Lamp LED dimmable with USB charging port, Black",
    "B0LAMPWHT1": "Lumora LX-200 Desk Lamp LED dimmable with USB charging port, White",
    "B0LAMP3001": "Lumora LX-300 Desk Lamp LED dimmable with USB charging port, Black",
    "B0BOTTLE50": "Aquavio Thermosflasche Edelstahl 500 ml, auslaufsicher, BPA-frei, Schwarz",
    "B0BOTTLE75": "Aquavio Thermosflasche Edelstahl 750 ml, auslaufsicher, BPA-frei, Schwarz",
    "B0USBC1M00": "Kabelon USB-C Ladekabel 1 m Nylon 60 W Schnellladen, Grau",
    "B0USBC2M00": "Kabelon USB-C Ladekabel 2 m Nylon 60 W Schnellladen, Grau",
    "B0USBC2M02": "Kabelon USB-C Ladekabel 2 m Nylon 60 W Schnellladen, 2er-Pack, Grau",
    "B0CARD0064": "Memorix microSDXC Card 64 GB Class 10 with adapter",
    "B0CARD0128": "Memorix microSDXC Card 128 GB Class 10 with adapter",
    "B0CASQUE01": "Sonalto Casque Bluetooth SB-45 sans fil à réduction de bruit, autonomie 30 h, Noir",
    "B0CASQUE02": "Sonalto Casque Bluetooth SB-45 sans fil à réduction de bruit, autonomie 30 h, Blanc",
    "B0COUTEAU1": "Forgelame Couteau de chef 20 cm acier inoxydable manche bois d'olivier",
    "B0COUTEAU2": "Forgelame Couteau d'office 9 cm acier inoxydable manche bois d'olivier",
    "B0TAPPETO1": "Passorella Tappeto da yoga antiscivolo 183 x 61 cm, spessore 6 mm, viola",
    "B0TAPPETO2": "Passorella Tappeto da yoga antiscivolo 183 x 61 cm, spessore 10 mm, viola",
    "B0MOCHILA1": "Cumbral Mochila de senderismo 30 litros impermeable con funda para la lluvia, verde",
    "B0MOCHILA2": "Cumbral Mochila de senderismo 45 litros impermeable con funda para la lluvia, verde",
    "B0BOUGIE01": "Flambelle Bougie parfumée vanille 200 g cire de soja, lot de 2",
    "B0SEIFE001": "Reinwald Olivenölseife 100 g, handgemacht, Lavendel, 6 Stück",
    "B0TONER001": "Printana Toner Cartridge PT-85A compatible, 1600 pages, black",
    "B0TONER002": "Printana Toner Cartridge PT-05X compatible, 6500 pages, black",
    "B0MOUSE001": "Clickwell Wireless Mouse M310 silent 2.4 GHz, red",
    "B0GAME0001": "Card game Wandering Wizards, for 2 to 4 players from 8 years",
}
_GTINS = {"B0LAMPBLK1": "4006381333931", "B0BOTTLE50": "4012345000016", "B0SEIFE001": "036000291452"}
_SKUS = {"B0LAMPBLK1": ("LMP-LX200-BK", "LMP-LX200-BK-FBA"), "B0MOUSE001": ("CLK-310-RD",)}
_BRANDS = ("Lumora", "Aquavio", "Kabelon", "Memorix", "Sonalto", "Printana", "Clickwell")


def shop_product(asin: str) -> Product:
    title = _TITLES[asin]
    return Product(
        id=asin,
        title=title,
        asin=asin,
        fnsku="X001LAMP0K" if asin == "B0LAMPBLK1" else "",
        skus=_SKUS.get(asin, ()),
        gtins=(_GTINS[asin],) if asin in _GTINS else (),
        brand=next((brand for brand in _BRANDS if title.startswith(brand)), ""),
    )


@pytest.fixture(scope="session")
def shop() -> Index:
    return build_index(shop_product(asin) for asin in _TITLES)
