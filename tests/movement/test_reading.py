"""A movement's file is read strictly: one malformed file for each mistake, with the words its message must contain."""

from __future__ import annotations

import pytest
from bodies import FILES, FOLDER

from psoas.movement.reading import read
from psoas.movement.skeleton import Unfit

GOOD = (FOLDER / "E12.toml").read_text(encoding="utf-8")
TOP = GOOD.index("[[")


def spoil(old: str, new: str) -> str:
    """The good file with one thing changed."""
    assert old in GOOD
    return GOOD.replace(old, new, 1)


def added(text: str) -> str:
    """The good file with a table more."""
    return GOOD + "\n" + text


MISTAKES = {
    "no TOML": ("id = \n", "E.toml: the file: is not TOML", "Repair that line."),
    "a missing key": (spoil('id = "E12"', ""), "missing required field `id`", "the file"),
    "an unknown key": (spoil('id = "E12"', 'id = "E12"\nsped = 3'), "unknown field `sped`", "Write what"),
    "a value of the wrong kind": (spoil("t = 0", 't = "early"'), "keyframe[0].t: Expected `float`", "Write what"),
    "an unknown family": (spoil('family = "standing"', 'family = "dance"'), "E.toml: family:", "Write what"),
    "times that fall": (spoil("t = 1", "t = 0"), "the times do not rise", "later time"),
    "two equal names": (spoil('name = "up"', 'name = "start"'), "two key positions have one name", "Give each its own"),
    "an unknown angle": (spoil('"worked.hip" = 86', '"worked.hipp" = 86'), "worked.hipp is no angle", "Use one of"),
    "an angle out of range": (
        spoil('"worked.hip" = 86', '"worked.hip" = 186'),
        "outside -30 to 140 degrees",
        "Choose a value",
    ),
    "exact without a value": (
        spoil('exact = ["worked.hip"', 'exact = ["other.knee"'),
        "other.knee has no value",
        "leave it out",
    ),
    "an unknown part": (
        spoil('part = "other.foot"', 'part = "other.tail"'),
        "is no part of the body",
        "Use foot or hand",
    ),
    "an unknown surface": (spoil('on = "floor"', 'on = "ceiling"'), "there is no ceiling", "Touch one of"),
    "an unknown key position": (
        spoil('at = ["start"]', 'at = ["begin"]'),
        "there is no key position begin",
        "Use one of: start, up",
    ),
    "an unknown point": (
        added('[[meeting]]\npoint = "worked.nose"\nto = "hip"'),
        "worked.nose is no point",
        "Use one of",
    ),
    "a meeting with nothing": (
        added('[[meeting]]\npoint = "worked.palm"\nto = "moon"'),
        "meeting worked.palm.to: moon",
        "Use one of",
    ),
    "an unknown fit": (added('[[prop]]\nid = "w"\nkind = "wall"\nfit = "tail"'), "prop w.fit: tail", "Use one of"),
    "an unknown neighbour": (
        added('[[prop]]\nid = "w"\nkind = "wall"\nnear = "tail"'),
        "prop w.near: tail",
        "Use one of",
    ),
    "a load on nothing": (
        added('[[load]]\nkind = "dumbbell"\non = "worked.ear"'),
        "load dumbbell.on: worked.ear",
        "Use one of",
    ),
    "an anchor where it pulls": (
        spoil('anchor = "other.instep"', 'anchor = "worked.instep"'),
        "load band.anchor: worked.instep lies inside the body",
        "at least 10 cm away",
    ),
    "a thing as an anchor where it pulls": (
        spoil('anchor = "other.instep"', 'anchor = "post"')
        + '[[prop]]\nid = "post"\nkind = "anchor"\nnear = "worked.instep"\ndx = 0.05\n',
        "post lies inside the body",
        "at least 10 cm away",
    ),
    "an anchor that is nowhere": (
        spoil('anchor = "other.instep"', 'anchor = "moon"'),
        "there is no 'moon'",
        "Name a prop",
    ),
    "a rule about nothing": (
        added('[[form_rule]]\nangle = "worked.ear"\nat = "up"\nlow = 0\nhigh = 1\nsays = "x"'),
        "form_rule worked.ear.low: worked.ear is no angle",
        "Use one of",
    ),
    "a rule at no key position": (
        added('[[form_rule]]\nangle = "worked.hip"\nat = "top"\nlow = 0\nhigh = 1\nsays = "x"'),
        "form_rule worked.hip.at: there is no key position top",
        "Use one of",
    ),
    "a muscle that cannot be drawn": (
        spoil('"iliacus"', '"deltoid"'),
        "muscles: deltoid cannot be drawn",
        "Use one of",
    ),
    "no source": (
        spoil('sources = ["S0:L97", "DC"]', "sources = []"),
        "sources: nothing says",
        "DC for a design choice",
    ),
    "an unknown side": (GOOD[:TOP] + 'near = "left"\n' + GOOD[TOP:], "near: is left", "Write worked or other"),
    "a thing at no key position": (
        added('[[prop]]\nid = "tape"\nkind = "tape"\nat = ["top"]'),
        "prop tape: there is no key position top",
        "Use one of",
    ),
    "a front that stands alone": (
        spoil('also = ["front"]', 'view = "front"'),
        "view: the front is seen only beside the side",
        "leave both out",
    ),
    "a second view that is the first": (
        spoil('also = ["front"]', 'also = ["side"]'),
        "view: the front is seen only beside the side",
        "leave both out",
    ),
    "a still that is nowhere": (
        GOOD[:TOP] + 'still = "top"\n' + GOOD[TOP:],
        "still: there is no key position top",
        "Use one of",
    ),
    "a hold that is nowhere": (
        GOOD[:TOP] + 'held = ["top"]\n' + GOOD[TOP:],
        "held: there is no key position top",
        "Use one of",
    ),
    "an arrow for nothing": (spoil('arrow = "worked.knee"', 'arrow = "nose"'), "arrow: nose is no point", "Use one of"),
    "a fist that is no hand": (
        GOOD[:TOP] + 'fists = ["worked.foot"]\n' + GOOD[TOP:],
        "fists: worked.foot is no hand",
        "Write worked.hand",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_each_mistake_is_refused_with_file_key_cause_and_remedy(name):
    """The message names the file and says what is wrong and what to write instead."""
    text, *parts = MISTAKES[name]
    with pytest.raises(Unfit) as refused:
        read(text, file="E.toml")
    assert all(line.startswith("E.toml: ") for line in str(refused.value).splitlines())
    for part in parts:
        assert part in str(refused.value)


def test_every_mistake_is_named_at_once():
    """Two mistakes give two lines."""
    with pytest.raises(Unfit) as refused:
        read(spoil('"iliacus"', '"deltoid"').replace('on = "floor"', 'on = "ceiling"', 1), file="E.toml")
    assert len(str(refused.value).splitlines()) == 2


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_every_movement_of_the_house_reads(file):
    """Each file is named for its movement, and says which exercise it shows."""
    m = read(file.read_text(encoding="utf-8"), file=file.name)
    assert m.id == file.stem
    assert m.exercise
    assert m.summary.endswith(".")
