"""Static files under addresses that change with their bytes, so that browsers may keep them for ever."""

import hashlib
from pathlib import Path
from typing import Any

from flask import Flask, request
from werkzeug.wrappers import Response

_KEEP = "public, max-age=31536000, immutable"


class Assets:
    """Knows a short checksum of each static file; read once, when it is first linked."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._versions: dict[str, str] = {}

    def version(self, filename: str) -> str:
        """Eight hexadecimal digits; empty for a file that is not there."""
        if filename not in self._versions:
            path = self._folder / filename
            self._versions[filename] = hashlib.sha256(path.read_bytes()).hexdigest()[:8] if path.is_file() else ""
        return self._versions[filename]


def init_assets(app: Flask) -> None:
    assets = Assets(Path(app.static_folder or ""))

    def add_version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and "v" not in values:
            values["v"] = assets.version(values["filename"]) or None

    def keep(response: Response) -> Response:
        if request.endpoint == "static" and response.status_code == 200 and request.args.get("v"):
            response.headers["Cache-Control"] = _KEEP
        return response

    app.url_defaults(add_version)
    app.after_request(keep)
