"""What a search for signs of editing yields: signs, and the places at which it stopped before it had seen everything."""

from vault.domain.readings import SIGNS_IN_PART, Problem, Sign

Found = Sign | Problem


def in_part(page: int | None = None) -> Problem:
    """The page, or the file, was not looked at wholly: that no sign was found there says nothing."""
    return Problem(SIGNS_IN_PART, page)
