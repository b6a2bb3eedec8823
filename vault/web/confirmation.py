"""Asking a signed-in person once more, before a change that could hand the profile to somebody else."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from flask import redirect, request, session, url_for

from vault.services.vault import Vault
from vault.web.identity import current_vault, own_path

_LASTS = timedelta(minutes=10)


def note_confirmed(vault: Vault) -> None:
    """Password and second factor were given just now."""
    session["confirmed_at"] = vault.clock().isoformat()


def confirmed(view: Callable[..., Any]) -> Callable[..., Any]:
    """Lets a view through only shortly after the person has given password and second factor."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if _is_confirmed():
            return view(*args, **kwargs)
        return redirect(url_for("auth.confirm", next=_way_back()), 303)

    return guarded


def _way_back() -> str:
    """The page to go on with: the one that was asked for, or that holds the form whose button was pressed."""
    if request.method == "GET":
        return request.path
    return own_path(request.form.get("next")) or url_for("profile.index")


def _is_confirmed() -> bool:
    noted = session.get("confirmed_at")
    return noted is not None and current_vault().clock() - datetime.fromisoformat(noted) < _LASTS
