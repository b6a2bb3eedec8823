"""The names of the months as papers print them, without accents."""

from collections.abc import Mapping
from types import MappingProxyType

_MONTHS: tuple[tuple[str, ...], ...] = (
    ("january", "jan", "janvier", "janv", "januar", "janner", "gennaio", "gen", "enero", "ene", "januari", "janeiro"),
    ("february", "feb", "fevrier", "fevr", "fev", "februar", "febbraio", "febrero", "februari", "fevereiro"),
    ("march", "mar", "mars", "marz", "maerz", "mrz", "marzo", "maart", "mrt", "marco"),
    ("april", "apr", "avril", "avr", "aprile", "abril", "abr"),
    ("may", "mai", "maggio", "mag", "mayo", "mei", "maio"),
    ("june", "jun", "juin", "juni", "giugno", "giu", "junio", "junho"),
    ("july", "jul", "juillet", "juil", "juli", "luglio", "lug", "julio", "julho"),
    ("august", "aug", "aout", "agosto", "ago", "augustus"),
    ("september", "sep", "sept", "septembre", "settembre", "set", "septiembre", "setembro"),
    ("october", "oct", "octobre", "oktober", "okt", "ottobre", "ott", "octubre", "outubro", "out"),
    ("november", "nov", "novembre", "noviembre", "novembro"),
    ("december", "dec", "decembre", "dezember", "dez", "dicembre", "dic", "diciembre", "dezembro"),
)
MONTH_OF: Mapping[str, int] = MappingProxyType(
    {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
)
