"""What people call the kinds of values in their own lists."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

from vault.domain.register import AttributeKind
from vault.linking.plain import bare


def kind_named(text: str) -> AttributeKind | None:
    """The kind that somebody means, in any of the stores' languages; None where it is not known."""
    return _kinds().get(bare(text))


@cache
def _kinds() -> Mapping[str, AttributeKind]:
    table = tomllib.loads(resources.files("vault.linking").joinpath("data/kinds.toml").read_text(encoding="utf-8"))
    kinds = {AttributeKind(code): names for code, names in table.items()}
    return MappingProxyType({bare(name): kind for kind, names in kinds.items() for name in (kind.value, *names)})
