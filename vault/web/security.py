"""What protects every page: cookies, headers, host names, the size of requests, forged forms."""

from collections.abc import Callable
from ipaddress import ip_address
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, request
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response

from vault.config import MEBIBYTE, Settings
from vault.domain.errors import Misconfigured
from vault.domain.message import N_
from vault.services.vault import Vault

View = TypeVar("View", bound=Callable[..., Any])

_LOOPBACK_NAMES = ["localhost", "127.0.0.1", "[::1]"]
_ONE_YEAR = 365 * 24 * 3600
# Uploads above 500 KiB wait in a temporary file for their view.
_IN_MEMORY = 448 * 1024

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}


def large_body(view: View) -> View:
    """Marks a view that takes a file: up to VAULT_MAX_UPLOAD instead of one mebibyte."""
    view.takes_large_body = True  # type: ignore[attr-defined]
    return view


def memory_only(view: View) -> View:
    """Marks a view whose request may hold sensitive values: so small a body that it is never put down on a disk."""
    view.stays_in_memory = True  # type: ignore[attr-defined]
    return view


def init_security(app: Flask, vault: Vault) -> None:
    """Raises Misconfigured for an address that is neither https nor loopback: its passwords could be read on the way."""
    settings = vault.settings
    host = urlsplit(settings.address).hostname or ""
    if not settings.is_https and not _is_loopback(host):
        raise Misconfigured(
            N_("%(address)s would send passwords in the open. Set VAULT_PUBLIC_URL to the https address people type."),
            address=settings.address,
        )
    app.config.update(
        SECRET_KEY=vault.secrets.key("web-forms"),
        TRUSTED_HOSTS=[host, *_LOOPBACK_NAMES],
        SESSION_COOKIE_NAME=_cookie_name(settings),
        SESSION_COOKIE_SECURE=settings.is_https,
        MAX_CONTENT_LENGTH=MEBIBYTE,
        WTF_CSRF_TIME_LIMIT=None,  # the token lives and dies with its session
    )
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    app.before_request(_bound_body)
    app.after_request(_protect)


def init_forms(app: Flask) -> None:
    """Every change must carry its session's token. Set up after sign-in, so that an ended session is named as such."""
    CSRFProtect(app)
    app.before_request(_refuse_nul)


def _refuse_nul() -> None:
    """NUL stands in no text that people type, and PostgreSQL keeps none."""
    sent = (request.path, *request.args.values(), *request.form.values())
    if any("\0" in text for text in sent):
        abort(400)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _cookie_name(settings: Settings) -> str:
    # Browsers share cookies between the ports of one host, so two local vaults need two names.
    return "__Host-sellervault" if settings.is_https else f"sellervault-{settings.port}"


def _bound_body() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "stays_in_memory", False):
        request.max_content_length = _IN_MEMORY
    elif getattr(view, "takes_large_body", False):
        vault: Vault = current_app.extensions["vault"]
        request.max_content_length = vault.settings.max_upload + MEBIBYTE


def _protect(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    vault: Vault = current_app.extensions["vault"]
    if vault.settings.is_https:
        response.headers["Strict-Transport-Security"] = f"max-age={_ONE_YEAR}; includeSubDomains"
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    return response
