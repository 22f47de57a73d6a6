"""Every shape of entry that was ever written can still be read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from psoas.pathway.record import encode_body, kind_of
from psoas.storage.contract import Unreadable
from psoas.storage.upcast import KINDS, STEPS, VERSIONS, body_of

FOLDER = Path(__file__).parents[1] / "golden" / "entries"
SAMPLES = sorted(FOLDER.glob("*.json"))


def _kind_and_version(path: Path) -> tuple[str, int]:
    kind, _, version = path.stem.rpartition("-v")
    return kind, int(version)


def _is_of_today(path: Path) -> bool:
    kind, version = _kind_and_version(path)
    return version == VERSIONS[kind]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_stored_body_is_read_as_its_kind(path):
    """A sample of every shape reads as the kind its file is named for."""
    kind, version = _kind_and_version(path)
    assert kind_of(body_of(path.read_text(), kind=kind, version=version)) == kind


@pytest.mark.parametrize("path", [p for p in SAMPLES if _is_of_today(p)], ids=lambda path: path.stem)
def test_reading_and_writing_again_loses_nothing(path):
    """A sample of today's shape, read and written again, says the same."""
    kind, version = _kind_and_version(path)
    again = encode_body(body_of(path.read_text(), kind=kind, version=version))
    assert json.loads(again) == json.loads(path.read_text())


@pytest.mark.parametrize("kind", sorted(kind for kind, version in VERSIONS.items() if version > 1))
def test_an_older_shape_says_the_same_as_todays(kind):
    """The samples of every version of a kind tell of the same event, so they read alike."""
    samples = {n: (FOLDER / f"{kind}-v{n}.json").read_text() for n in range(1, VERSIONS[kind] + 1)}
    bodies = [body_of(text, kind=kind, version=n) for n, text in samples.items()]
    assert all(body == bodies[-1] for body in bodies)


def test_a_correction_rises_with_whatever_it_holds():
    """A correction kept before a kind got its new shape holds the old one, so its own number tells the two apart."""
    risen = sum(version - 1 for kind, version in VERSIONS.items() if kind != "corrected")
    assert VERSIONS["corrected"] - 1 == risen


def test_the_sets_of_an_old_session_are_sorted_by_their_kind():
    """Warm-up, trial and work of a session kept before rows are the same sets afterwards, and only work makes it one."""
    raw = json.loads((FOLDER / "session_done-v1.json").read_text())
    item, one = raw["shown"]["items"][0], raw["sets"][0]
    raw["shown"]["items"] = [{**item, "slot": 1}, {**item, "trial": True}, item]
    raw["sets"] = [{**one, "item": place} for place in range(3)]
    whole = body_of(json.dumps(raw), kind="session_done", version=1)
    assert [done.item for done in whole.sets] == [0, 1, 2]
    assert whole.worked
    raw["sets"].pop()
    assert not body_of(json.dumps(raw), kind="session_done", version=1).worked


def test_a_correction_of_a_correction_is_lifted_whole():
    """What a correction puts in place is lifted however deep it stands."""
    session = json.loads((FOLDER / "session_done-v1.json").read_text())
    inner = {"type": "corrected", "replaces": "a", "by": session}
    body = body_of(json.dumps({"type": "corrected", "replaces": "b", "by": inner}), kind="corrected", version=1)
    assert body.by.by.sets == body_of(json.dumps(session), kind="session_done", version=1).sets


def test_every_kind_has_a_sample_of_every_version():
    """No shape was ever stored without a sample to remember it by."""
    expected = {(kind, version) for kind in KINDS for version in range(1, VERSIONS[kind] + 1)}
    assert {_kind_and_version(path) for path in SAMPLES} == expected


def test_every_old_version_has_a_step_up():
    """Each version below today's has a function that lifts it by one."""
    assert set(STEPS) == {(kind, version) for kind in KINDS for version in range(1, VERSIONS[kind])}


def test_an_old_shape_is_lifted_step_by_step(monkeypatch):
    """A body two versions behind passes both steps, in order."""
    monkeypatch.setitem(VERSIONS, "change_reported", 3)
    monkeypatch.setitem(STEPS, ("change_reported", 1), lambda raw: {**raw, "reported": raw["was"]})
    monkeypatch.setitem(STEPS, ("change_reported", 2), lambda raw: {"type": raw["type"], "what": raw["reported"]})
    old = '{"type": "change_reported", "was": "fall"}'
    assert body_of(old, kind="change_reported", version=1).what == "fall"


@pytest.mark.parametrize(
    ("kind", "version", "body", "words"),
    [
        ("set_done", 2, "{}", "newer Psoas"),
        ("dreamt", 1, "{}", "newer Psoas"),
        ("change_reported", 1, '{"type": "change_reported"}', "may be damaged"),
        ("change_reported", 1, '{"type": "change_rep', "may be damaged"),
        ("session_done", 1, '{"type": "session_done"}', "may be damaged"),
        ("session_done", 1, '{"type": "session_d', "may be damaged"),
    ],
)
def test_what_cannot_be_read_is_named(kind, version, body, words):
    """A newer, unknown or damaged entry is refused with its kind, its version and what to do."""
    with pytest.raises(Unreadable, match=words) as refusal:
        body_of(body, kind=kind, version=version)
    assert f"{kind!r}, version {version}" in str(refusal.value)
