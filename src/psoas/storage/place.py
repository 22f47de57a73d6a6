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
    """The folder cannot be used; the message says why."""

    def __init__(self, folder: Path, *, error: OSError) -> None:
        super().__init__(
            f"Psoas cannot keep data in {folder}: {error.strerror}. "
            "Give it a folder you may write to, with room in it, with --data FOLDER."
        )


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
        """Make the folder, readable by its owner alone; one that is there stays as it is. Raises `PlaceUnusable`."""
        with self.usable():
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.secret()

    @contextmanager
    def usable(self) -> Iterator[None]:
        """What the system refuses in this folder is said in a sentence: `PlaceUnusable`."""
        try:
            yield
        except OSError as error:
            raise PlaceUnusable(self.folder, error=error) from error

    def keep_private(self) -> None:
        """Make the database its owner's alone, also in a folder that others look into; begun empty where there is none.

        SQLite gives its log and its shared memory the permissions of the database. Raises `PlaceUnusable`.
        """
        with self.usable():
            if not self.database.exists():
                private_file(self.database)
            for kept in self.folder.glob(f"{self.database.name}*"):
                status = kept.stat()
                if status.st_mode & ~_PRIVATE & 0o777 and status.st_uid == os.getuid():
                    kept.chmod(_PRIVATE)

    def secret(self) -> str:
        """The key that signs cookies and links: made once, 0600."""
        path = self.folder / "secret"
        if not path.exists() or not path.stat().st_size:
            _write_private(path, text=secrets.token_urlsafe(48))
        return path.read_text()

    @property
    def tag(self) -> str:
        """A short name of this installation, the same at every start; keeps the cookies of two of them apart."""
        return hashlib.sha256(str(self.folder.absolute()).encode()).hexdigest()[:8]

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep every other process from serving this folder. Raises `PlaceInUse` and `PlaceUnusable`."""
        with self.usable():
            lock = os.open(self._lock_file, os.O_RDONLY | os.O_CREAT | os.O_NOFOLLOW, _PRIVATE)
        try:
            if not _locks(lock):
                raise PlaceInUse(self.folder, server=self.server())
            try:
                yield
            finally:
                self.withdraw()
        finally:
            os.close(lock)

    def is_served(self) -> bool:
        """Whether a process serves this folder now."""
        try:
            lock = os.open(self._lock_file, os.O_RDONLY | os.O_NOFOLLOW)
        except OSError:
            return False
        try:
            return not _locks(lock)
        finally:
            os.close(lock)

    def announce(self, *, url: str) -> None:
        """Write down where the server of this folder answers, for `psoas link`. Raises `PlaceUnusable`."""
        with self.usable():
            _write_private(self._server_file, text=json.dumps({"url": url, "pid": os.getpid()}))

    def withdraw(self) -> None:
        """Nobody serves this folder any more."""
        self._server_file.unlink(missing_ok=True)

    def server(self) -> dict[str, Any]:
        """Where the server of this folder answers, {"url", "pid"}; empty where none was announced."""
        try:
            found: dict[str, Any] = json.loads(self._server_file.read_text())
        except (OSError, ValueError):
            return {}
        return found

    # ---- the one-time link

    def new_entry_token(self) -> str:
        """A fresh token that lets the owner in once; any earlier one stops working. Only its hash is kept.

        Raises `PlaceUnusable`.
        """
        token = secrets.token_urlsafe(24)
        with self.usable():
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
    def _lock_file(self) -> Path:
        return self.folder / "lock"

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


def write_new(path: Path, *, data: bytes) -> None:
    """Write a file that no other user can ever read; nothing of it is left where that fails.

    Raises FileExistsError where one is there, and OSError.
    """
    private_file(path)
    try:
        with path.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        path.unlink()
        raise


def _write_private(path: Path, *, text: str) -> None:
    """Write so that no other user can ever read it, and no reader sees half of it."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    write_new(draft, data=text.encode())
    draft.replace(path)


def _locks(descriptor: int) -> bool:
    """Whether this process now holds the lock of that open file; not while another does."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
