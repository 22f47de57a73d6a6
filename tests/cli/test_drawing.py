"""`psoas exercise --svg` and `psoas load`: pictures and loads in a terminal."""

from __future__ import annotations

import json

import msgspec
import pytest

from psoas.knowledge.movements import movement_names, movement_of
from psoas.movement.motion import Prop, PropKind
from psoas.movement.skeleton import Person

IN_THE_WAY = Prop("box", PropKind.BOX, near="worked.ball", width=0.3, height=0.4)


def test_an_exercise_is_drawn_to_a_file(psoas, tmp_path):
    """The picture is written, and its size said; the folder is made when it is not there."""
    file = tmp_path / "new" / "out.svg"
    shown = psoas("exercise", "E16a", "--svg", file)
    assert shown.exit_code == 0
    assert "kB" in shown.output
    assert file.read_text().startswith("<svg")


@pytest.mark.parametrize(("frame", "key"), [("start", 0), ("end", -1), ("tuck", 1), ("2", 1), ("3", 2)])
def test_any_position_can_be_drawn(psoas, tmp_path, frame, key):
    """By start or end, by its name, by its number."""
    file = tmp_path / "out.svg"
    assert psoas("exercise", "e01", "--svg", file, "--frame", frame).exit_code == 0
    assert f"Shown: {movement_of('E01').keyframe[key].words}." in file.read_text()


def test_side_person_and_anatomy_change_the_picture(psoas, tmp_path):
    """Left is not right, a small woman not the neutral body, and the window into the body can be switched on."""
    drawn = []
    for i, words in enumerate(([], ["--side", "left"], ["--person", "1.60,60,f"], ["--anatomy"])):
        psoas("exercise", "E16a", "--svg", tmp_path / f"{i}.svg", *words)
        drawn.append((tmp_path / f"{i}.svg").read_text())
    assert len(set(drawn)) == 4


def test_a_moving_picture(psoas, tmp_path):
    """`--moving` writes the picture that moves, in its tempo."""
    psoas("exercise", "E16a", "--svg", tmp_path / "a.svg", "--moving")
    assert 'dur="11s"' in (tmp_path / "a.svg").read_text()


def test_a_body_that_cannot_take_the_position_is_not_drawn(psoas, tmp_path, monkeypatch):
    """Where a position cannot be solved nothing is written, and the reason is told."""
    box = msgspec.structs.replace(movement_of("E12"), prop=(IN_THE_WAY,), load=(), id="E12")
    monkeypatch.setattr("psoas.cli.drawing.movement_of", lambda _: box)
    shown = psoas("exercise", "E12", "--svg", tmp_path / "a.svg", "--frame", "start")
    assert shown.exit_code == 1
    assert "depth in box" in shown.output
    assert not (tmp_path / "a.svg").exists()


def test_every_picture_at_once(psoas, tmp_path):
    """`--all` draws every position of every movement into a folder."""
    shown = psoas("exercise", "--all", "--svg", tmp_path)
    files = {f.name for f in tmp_path.iterdir()}
    assert files == {f"{name}-{k}.svg" for name in movement_names() for k in movement_of(name).names}
    assert f"{len(files)} pictures in {tmp_path}." in shown.output


def test_a_test_or_another_way_of_an_exercise_is_told_by_its_positions(psoas):
    """What is no exercise of its own is told by its summary and its positions."""
    shown = psoas("exercise", "MTT.TAPE")
    assert movement_of("mtt.tape").summary.split()[0] in shown.output
    assert "hang:" in shown.output


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["exercise"], "Which exercise? Give its ID, such as E06, or --all with --svg FOLDER."),
        (["exercise", "--all"], "Where to? Give a folder: psoas exercise --all --svg FOLDER."),
        (["exercise", "E16x", "--svg", "x.svg"], "There is no exercise or test E16x. Did you mean E16"),
        (["exercise", "dance"], "There is no exercise or test dance. There are: E01, "),
        (
            ["exercise", "E01", "--svg", "x.svg", "--frame", "9"],
            "E01 has no position 9. Use one of: start, end, 1, 2, 3, tuck, travel.",
        ),
        (["exercise", "E01", "--svg", "/proc/no/x.svg"], "cannot be written: "),
        (["load", "E99z9"], "There is no exercise or test E99z9."),
        (["load", "E16b", "--kg", "-1"], "equipment: kg: is -1. Give kilograms from 0 to 200."),
        (["load", "E18", "--anchor", "0"], "equipment: anchor: is 0 m away, which is inside the body"),
        (["load", "E18", "--band", "15:1,30:6", "--anchor", "2"], "Take a longer band or stand nearer"),
        (["load", "E18", "--band", "10:1,20:9"], "would be stretched to"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(psoas, words, says):
    """Unknown names, missing words, impossible loads: where, what, why, what to do; exit status 1."""
    shown = psoas(*words)
    assert shown.exit_code == 1
    assert says in shown.output


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--person", "3,60,f"], "person: height: is 3 metres. Give metres between 1.2 and 2.2."),
        (["--person", "1.7,0,f"], "person: mass: is 0 kilograms."),
        (["--person", "tall"], "person: 'tall' cannot be read. Write height in metres"),
        (["--person", "1.7,60,x"], "person: '1.7,60,x' cannot be read."),
        (["--band", "60:1.5"], "band: '60:1.5' cannot be read. Write two weighings as cm:kg"),
        (["--band", "60"], "cannot be read"),
        (["--band", "60:5,90:4"], "do not belong to one band"),
    ],
)
def test_a_person_or_a_band_that_cannot_be(psoas, words, says):
    """A height, a mass or a weighing out of range is a usage error with a sentence; exit status 2."""
    shown = psoas("load", "E16b", *words)
    assert shown.exit_code == 2
    assert says in " ".join(shown.output.replace("│", " ").split())


def test_a_load_for_a_program(psoas):
    """Every moment with torque, interval and flags; the person and the weight as given."""
    facts = json.loads(psoas("load", "E16b", "--kg", 5, "--person", "1.75,75,m", "--json").output)
    assert facts["person"] == {"height_m": 1.75, "mass_kg": 75.0, "sex": "male"}
    assert facts["computable"]
    assert len(facts["frames"]) == 12
    for row in facts["frames"]:
        assert row["low_nm"] <= row["torque_nm"] <= row["high_nm"]
    assert 50 < facts["hardest"]["torque_nm"] < 62
    assert "hip_over_90" in facts["hardest"]["flags"]


def test_a_load_for_a_person(psoas):
    """The table, and below it what the number leaves out."""
    shown = psoas("load", "E16b", "--kg", 5, "--person", "1.75,75,m").output
    assert "N·m at the hip at its hardest" in shown
    assert "Hardest " in shown


def test_the_load_of_an_effort_has_no_number(psoas):
    """Where effort decides no torque is given, in words or as JSON."""
    assert "N·m" not in psoas("load", "E07").output
    facts = json.loads(psoas("load", "E07", "--json").output)
    assert (facts["computable"], facts["frames"], facts["hardest"]) == (False, [], None)


def test_a_front_support_asks_for_the_band(psoas):
    """Without a band the product says so, and what it needs; with band and distance there is a load."""
    assert "asks nothing of the hip flexors" in " ".join(psoas("load", "E18").output.split())
    facts = json.loads(psoas("load", "E18", "--band", "60:0.5,120:8", "--anchor", 1, "--json").output)
    assert facts["hardest"]["torque_nm"] > 15
    assert facts["band"]["rest_m"] > 0.5
    assert facts["anchor_m"] == 1


def test_the_neutral_person_is_nobody_in_particular(psoas):
    """Without a person the neutral body is weighed."""
    assert json.loads(psoas("load", "E16a", "--json").output)["person"]["height_m"] == Person().height
