"""The folder on disk where one installation keeps everything, and who may use it. No Django here."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from hmac import compare_digest
from pathlib import Path
from typing import Any

import platformdirs

_PRIVATE = 0o600


class Refused(Exception):
    """Psoas cannot start with this data; the message says why and what to do."""


class PlaceInUse(Refused):
    """Another Psoas already serves this folder; the message says where."""

    def __init__(self, folder: Path, *, server: dict[str, Any]) -> None:
        where = f" at {server['url']} (process {server['pid']})" if server else ""
        super().__init__(
            f"Another Psoas is already using {folder}{where}. "
            "Use that one, stop it first, or give this one another folder with --data."
        )


class PlaceUnusable(Refused):
    """The folder cannot be used."""


class Place:
    """One data folder: database, secret key, one-time entry link, and the lock that keeps a second process out."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "psoas.db"
        self.static = folder / "static"

    @classmethod
    def chosen(cls, folder: Path | None = None) -> Place:
        """The folder given, else the one named in PSOAS_DATA, else the user's own data folder."""
        named = os.environ.get("PSOAS_DATA")
        return cls(folder or (Path(named) if named else platformdirs.user_data_path("psoas", appauthor=False)))

    def prepare(self) -> None:
        """Make the folder, readable by its owner alone. Raises `PlaceUnusable` where that fails."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.secret()
        except OSError as error:
            raise PlaceUnusable(
                f"Psoas cannot keep data in {self.folder}: {error.strerror}. "
                "Give it a folder you may write to, with --data FOLDER."
            ) from error

    def secret(self) -> str:
        """The key that signs cookies and links: made once, 0600."""
        path = self.folder / "secret"
        if not path.exists():
            _write_private(path, text=secrets.token_urlsafe(48))
        return path.read_text()

    @property
    def tag(self) -> str:
        """A short name of this installation, the same at every start; keeps the cookies of two of them apart."""
        return hashlib.sha256(str(self.folder.absolute()).encode()).hexdigest()[:8]

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep every other process from serving this folder. Raises `PlaceInUse`."""
        with (self.folder / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise PlaceInUse(self.folder, server=self.server()) from error
            yield
            self._server_file.unlink(missing_ok=True)

    def is_served(self) -> bool:
        """Whether a process serves this folder now."""
        try:
            with (self.folder / "lock").open("a") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except BlockingIOError:
            return True
        return False

    def announce(self, *, url: str) -> None:
        """Write down where the server of this folder answers, for `psoas link`."""
        _write_private(self._server_file, text=json.dumps({"url": url, "pid": os.getpid()}))

    def server(self) -> dict[str, Any]:
        """Where the server of this folder answers, {"url", "pid"}; empty where none was announced."""
        try:
            found: dict[str, Any] = json.loads(self._server_file.read_text())
        except (OSError, ValueError):
            return {}
        return found

    # ---- the one-time link

    def new_entry_token(self) -> str:
        """A fresh token that lets the owner in once; any earlier one stops working. Only its hash is kept."""
        token = secrets.token_urlsafe(24)
        _write_private(self._entry_file, text=_hash(token))
        return token

    def entry_url(self, url: str) -> str:
        """A fresh one-time link into the server that answers at this address."""
        return f"{url}/enter/{self.new_entry_token()}/"

    def use_entry_token(self, token: str) -> bool:
        """Whether this is the token; if so it is used up. Two at the same moment: one wins."""
        try:
            kept = self._entry_file.read_text()
        except OSError:
            return False
        return compare_digest(_hash(token), kept) and self._taken()

    def _taken(self) -> bool:
        try:
            self._entry_file.unlink()
        except FileNotFoundError:
            return False
        return True

    @property
    def _server_file(self) -> Path:
        return self.folder / "server.json"

    @property
    def _entry_file(self) -> Path:
        return self.folder / "entry"


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def private_file(path: Path) -> None:
    """Make an empty file that no other user can ever read. Raises FileExistsError where one is there."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE))


def _write_private(path: Path, *, text: str) -> None:
    """Write so that no other user can ever read it, and no reader sees half of it."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    draft.replace(path)
