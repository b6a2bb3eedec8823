"""What the pages of the register share."""

from flask import url_for


def way_back(other_id: str | None) -> str:
    """The page that lists the values of the known other account, of the seller account itself where None is given."""
    return url_for("register.others.show", other_id=other_id) if other_id else url_for("register.index")
