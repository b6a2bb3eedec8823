"""Why a candidate fits or not, in a few plain words."""

from vault.matching.codes import ALIGNED, CodeEvidence
from vault.matching.features import UNKNOWN, Features
from vault.matching.profile import Profile

_LIKE_TEXT = 0.75
_LIKE_BRAND = 0.85


def reasons(line: Profile, product: Profile, features: Features, code: CodeEvidence) -> tuple[str, ...]:
    """The strongest reasons first: what agrees, then what does not."""
    found = [*_for(line, product, features, code), *_against(line, product, features, code)]
    return tuple(found) or ("few words in common",)


def _for(line: Profile, product: Profile, features: Features, code: CodeEvidence) -> list[str]:
    found = []
    if features.code_likeness >= ALIGNED:
        found.append(f"model {code.shared.upper()}")
    if product.brand and max(features.brand_likeness, features.brand_in_text) >= _LIKE_BRAND:
        found.append(f"brand {product.brand}")
    if features.line_covered_soft >= _LIKE_TEXT:
        found.append("same words")
    if features.sizes_agree:
        found.append("same size")
    if features.colours == 1:
        found.append(f"colour {min(line.colours & product.colours)}")
    if features.packs == 1:
        found.append(f"pack of {min(line.packs & product.packs)}")
    return found


def _against(line: Profile, product: Profile, features: Features, code: CodeEvidence) -> list[str]:
    found = []
    if code.siblings:
        found.append("other model")
    if features.brand_likeness != UNKNOWN and max(features.brand_likeness, features.brand_in_text) < 0.5:
        found.append("other brand")
    if features.sizes_differ > features.sizes_agree:
        found.append("other size")
    if features.colours == 0:
        found.append("other colour")
    if features.packs == 0:
        found.append("other pack count")
    return found
