"""Uploading: a drop of files has its own address, made before its first file, and keeps what became of each."""

from collections.abc import Mapping
from typing import Any, cast

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from werkzeug.datastructures import FileStorage

from vault.domain.errors import Invalid, Refused
from vault.domain.ids import new_id
from vault.domain.message import N_
from vault.domain.papers import PaperKind
from vault.domain.roles import Permission
from vault.services import browsing
from vault.services.documents import batches, intake
from vault.store.protocol import ByteSource
from vault.web.errors import wants_json
from vault.web.identity import current_actor, current_vault
from vault.web.lists import chosen
from vault.web.papers import paper_kind
from vault.web.security import large_body
from vault.web.upload_view import as_json, rows_of

blueprint = Blueprint("uploads", __name__, url_prefix="/a/<account_id>/uploads")


@blueprint.get("")
def index(account_id: str) -> ResponseReturnValue:
    recent = browsing.recent_batches(current_vault(), current_actor(), account_id)
    chosen_kind = chosen("kind", PaperKind) or PaperKind.SUPPLIER_INVOICE
    return render_template(
        "uploads/index.html",
        recent=recent,
        chosen_kind=chosen_kind,
        **_limits(account_id),
    )


@blueprint.post("")
@large_body
def create(account_id: str) -> ResponseReturnValue:
    """A new drop. A script announces how many files follow; a plain form brings them along."""
    if wants_json():
        batch = intake.open_batch(current_vault(), current_actor(), account_id, _expected(), _kind(_body()))
        return jsonify(id=batch.id, url=url_for(".batch", batch_id=batch.id)), 201
    files = [file for file in request.files.getlist("file") if file.filename]
    if not files:
        raise Invalid(N_("No file was chosen. Choose one or more files, then upload."))
    batch = intake.open_batch(current_vault(), current_actor(), account_id, len(files), _kind(request.form))
    _keep_all(account_id, batch.id, files)
    return redirect(url_for(".batch", batch_id=batch.id), 303)


@blueprint.get("/<batch_id>")
def batch(account_id: str, batch_id: str) -> ResponseReturnValue:
    progress = _progress(account_id, batch_id)
    return render_template(
        "uploads/batch.html",
        progress=progress,
        rows=rows_of(progress),
        missing=max(0, progress.expected - len(progress.items)),
        **_limits(account_id),
    )


@blueprint.get("/<batch_id>/progress")
def progress(account_id: str, batch_id: str) -> ResponseReturnValue:
    """What became of each file so far, for the page that watches."""
    return jsonify(as_json(_progress(account_id, batch_id)))


@blueprint.post("/<batch_id>/files")
@large_body
def add_files(account_id: str, batch_id: str) -> ResponseReturnValue:
    """One file with its `client_key` from a script; one or more without from a plain form."""
    _progress(account_id, batch_id)
    files = [file for file in request.files.getlist("file") if file.filename]
    if not wants_json():
        _keep_all(account_id, batch_id, files)
        return redirect(url_for(".batch", batch_id=batch_id), 303)
    if len(files) != 1:
        raise Invalid(N_("Send one file at a time."))
    kept = _keep(account_id, batch_id, files[0], request.form.get("client_key", ""))
    return jsonify(state=kept.state, url=url_for("documents.show", document_id=kept.document_id)), 201


def _keep_all(account_id: str, batch_id: str, files: list[FileStorage]) -> None:
    """Keeps what can be kept; the drop remembers each refusal."""
    refused = 0
    for file in files:
        try:
            _keep(account_id, batch_id, file, new_id())
        except Refused:
            refused += 1
    if refused:
        flash(ngettext("%(num)d file was refused.", "%(num)d files were refused.", refused), "error")
    if len(files) > refused:
        flash(ngettext("%(num)d file is kept.", "%(num)d files are kept.", len(files) - refused), "success")
    if not files:
        flash(gettext("No file was chosen. Choose one or more files, then upload."), "error")


def _keep(account_id: str, batch_id: str, file: FileStorage, client_key: str) -> intake.Kept:
    stream = cast(ByteSource, file.stream)
    return intake.keep(current_vault(), current_actor(), account_id, stream, file.filename or "", batch_id, client_key)


def _progress(account_id: str, batch_id: str) -> batches.BatchProgress:
    found = batches.batch_progress(current_vault(), current_actor(), batch_id)
    if found.account_id != account_id:
        abort(404)
    return found


def _limits(account_id: str) -> dict[str, Any]:
    may_upload = current_actor().may(Permission.UPLOAD, account_id)
    return {"may_upload": may_upload, "max_upload": current_vault().settings.max_upload}


def _body() -> Mapping[str, Any]:
    body = request.get_json(silent=True)
    return body if isinstance(body, dict) else {}


def _kind(sent: Mapping[str, Any]) -> PaperKind | None:
    """What a person says the files are. What stands there from the start nobody has said."""
    kind = paper_kind(str(sent.get("kind") or PaperKind.SUPPLIER_INVOICE))
    return None if kind is PaperKind.SUPPLIER_INVOICE else kind


def _expected() -> int:
    expected = _body().get("expected")
    if isinstance(expected, bool) or not isinstance(expected, int):
        raise Invalid(N_("Say how many files will follow."))
    return expected
