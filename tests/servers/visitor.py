"""A person with a browser, as far as HTTP goes: forms with their hidden fields, and the upload page's requests."""

import re
from collections.abc import Iterable, Mapping
from html import unescape
from typing import Any

import requests

from tests.first_use import Owner
from tests.servers.waiting import wait_until

_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Visitor:
    """Keeps cookies between requests. Every method raises for an answer that is not a success."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._session = requests.Session()
        self._codes_used = 0

    def get(self, path: str) -> requests.Response:
        answer = self._session.get(self.address + path, timeout=60)
        answer.raise_for_status()
        return answer

    def submit(self, path: str, **entered: str) -> requests.Response:
        """Opens the page at `path`, fills its form in and sends it, as a browser would."""
        answer = self.try_to_submit(path, **entered)
        answer.raise_for_status()
        return answer

    def try_to_submit(
        self, path: str, to: str = "", files: Mapping[str, tuple[str, bytes]] | None = None, **entered: str
    ) -> requests.Response:
        """As `submit`, to the form's own address `to` where it has one; a refusal is an answer too."""
        page = self.get(path)
        sent = {"csrf_token": token_in(page.text), **entered}
        address = self.address + to if to else page.url
        return self._session.post(address, data=sent, files=files, headers={"Referer": page.url}, timeout=60)

    def sign_in(self, owner: Owner) -> None:
        """With the password and one of the recovery codes, each of which works once."""
        answer = self.submit("/sign-in", email=owner.email, password=owner.password)
        assert answer.url.endswith("/sign-in/code"), answer.text
        code = owner.recovery_codes[self._codes_used]
        self._codes_used += 1
        self.submit("/sign-in/code", code=code)

    def open_drop(self, account_id: str, expected: int) -> "Drop":
        page = f"/a/{account_id}/uploads"
        token = token_in(self.get(page).text)
        answer = self._send(page, token, json={"expected": expected})
        return Drop(self, answer["url"], token)

    def _send(self, path: str, token: str, **content: Any) -> dict[str, Any]:
        headers = {"X-CSRFToken": token, "Accept": "application/json", "Referer": self.address + path}
        answer = self._session.post(self.address + path, headers=headers, timeout=120, **content)
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
        return found


class Drop:
    """One drop of files on the upload page."""

    def __init__(self, visitor: Visitor, path: str, token: str) -> None:
        self._visitor, self.path, self._token = visitor, path, token

    def send(self, files: Iterable[tuple[str, bytes]]) -> None:
        """Sends (name, bytes) one by one; each is kept when this returns."""
        for place, (filename, content) in enumerate(files):
            self.send_one(filename, content, client_key=str(place))

    def send_one(self, filename: str, content: bytes, client_key: str) -> dict[str, Any]:
        parts = {"file": (filename, content)}
        return self._visitor._send(f"{self.path}/files", self._token, files=parts, data={"client_key": client_key})

    def progress(self) -> dict[str, Any]:
        found: dict[str, Any] = self._visitor.get(f"{self.path}/progress").json()
        return found

    def settled(self, seconds: float = 120) -> list[dict[str, Any]]:
        """The rows of all files, once none of them waits for a worker any more."""

        def rows() -> list[dict[str, Any]]:
            progress = self.progress()
            return list(progress["rows"]) if progress["settled"] else []

        return wait_until(rows, "every file of the drop is settled", seconds=seconds, pause=0.3)


def token_in(page: str) -> str:
    """The hidden token of the first form on a page."""
    found = _TOKEN.search(page)
    assert found, f"no form on this page:\n{page[:2000]}"
    return unescape(found.group(1))
