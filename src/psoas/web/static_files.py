"""Static files are named by their content, so that a browser may keep each for ever and still see every change."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from wsgiref.headers import Headers

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.management import call_command
from whitenoise.compress import Compressor

_HASHED = re.compile(r"\.[0-9a-f]{12}\.\w+$")


class NamedByContent(ManifestStaticFilesStorage):
    """`app.css` is served as `app.1a2b3c4d5e6f.css`. Before files were collected, names stay plain."""

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        """The name under which this file was collected."""
        return super().stored_name(name) if self.hashed_files else name


def collect() -> None:
    """Copy the static files to where they are served from, unless they are there already."""
    stamp = Path(settings.STATIC_ROOT) / ".stamp"
    mark = _mark()
    if stamp.exists() and stamp.read_text() == mark:
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=stamp.parent.exists())
    _pack(stamp.parent)
    stamp.write_text(mark)


def _pack(folder: Path) -> None:
    """A packed copy beside each file that is worth it; the server gives it to every browser that can unpack it."""
    compressor = Compressor(use_brotli=False, quiet=True)
    for path in folder.rglob("*"):
        if path.is_file() and compressor.should_compress(path.name):
            compressor.compress(str(path))


def _mark() -> str:
    """Changes when a static file is added, removed or written to."""
    digest = hashlib.sha256()
    for finder in finders.get_finders():
        for path, storage in finder.list([]):
            status = Path(storage.path(path)).stat()
            digest.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def is_immutable(path: str, _url: str) -> bool:
    """Whether the file's name carries a hash of its content.

    >>> is_immutable("app.0123456789ab.css", ""), is_immutable("app.css", "")
    (True, False)
    """
    return bool(_HASHED.search(path))


def add_headers(headers: Headers, path: str, _url: str) -> None:
    """Static files are never guessed at; the service worker may speak for the whole site."""
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    if Path(path).name.startswith("worker."):
        headers["Service-Worker-Allowed"] = "/"
