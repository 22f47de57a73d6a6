"""The self-tests: chosen, skipped, read, and the short way through them."""

from __future__ import annotations

import re

import pytest

from psoas.pathway import record
from psoas.storage.ids import new_id
from psoas.terms import Answer, Side
from web.onboarding.newcomer import by_eye, words


def test_a_skipped_test_is_unknown(her):
    """Nothing tested gives a provisional label, never a clean one."""
    her.screen()
    her.intake()
    her.wishes()
    her.send("/tests/methods/", length="none", hold="none", strength="none", signs="none")
    (tested,) = her.found(record.Tested)
    assert tested.findings.length == tested.findings.strength == tested.findings.holds == ()
    assert words(her.see("/profile/")).count("Provisional") == 2


def test_a_test_skipped_on_its_page_is_unknown_too(her):
    """What was typed into a test that is then skipped does not count."""
    her.screen()
    her.intake()
    her.wishes()
    her.send("/tests/methods/", length="angle", hold="none", strength="none", signs="none")
    assert her.send("/tests/length-left/", length_left_1="5", go="skip") == "/tests/length-right/"
    said = {
        "length_right_1": "5",
        "length_right_pelvis": "yes",
        "length_right_stopped": ["none"],
        "length_right_pain": "0",
    }
    her.send("/tests/length-right/", **said)
    (tested,) = her.found(record.Tested)
    assert [test.side for test in tested.findings.length] == [Side.RIGHT]


def test_an_impossible_tape_reading_is_refused(her):
    """Two points of one thigh cannot be further apart than it is long; what was typed stays."""
    her.screen()
    her.intake()
    her.wishes()
    her.send("/tests/methods/", length="tape", hold="none", strength="none", signs="none")
    said = her.length("left", rise="60")
    assert "the thigh is only 42 cm long" in said
    assert 'value="130.0"' in her.see("/tests/length-left/").content.decode()


def test_numbers_are_kept_in_the_units_of_the_record(her):
    """Centimetres become metres, and a luggage scale's kilograms newtons."""
    her.screen()
    her.intake()
    her.wishes()
    her.send("/tests/methods/", length="tape", hold="none", strength="home", signs="none")
    her.length("left", rise="0")
    her.send("/tests/length-right/", go="skip")
    her.send(
        "/tests/strength-left/", strength_home_left_1="20", strength_home_left_lever="38", strength_home_left_pain="0"
    )
    her.send("/tests/strength-right/", go="skip")
    (tested,) = her.found(record.Tested)
    assert [float(n) for n in tested.findings.length[0].tape[0]] == [0.7, 0.7, 0.42]
    assert float(tested.findings.strength[0].trials[0]) == pytest.approx(196.133)
    assert float(tested.findings.strength[0].lever_m) == 0.38
    assert tested.findings.length[0].pelvis_controlled is Answer.YES


def test_fresh_pain_lets_the_tests_wait(her):
    """In the first three days only the gentle signs are offered, and the plan starts with settling."""
    her.screen()
    her.intake(kind="sudden", onset="2026-03-01")
    her.wishes()
    assert her.fields("/tests/methods/") & {"length", "hold", "strength", "signs"} == {"signs"}
    her.send("/tests/methods/", signs="signs")
    her.send("/tests/signs/", **{f"sign_{sign}_right": "yes" for sign in ("resisted", "stretch", "tender")})
    assert "Stage 0" in words(her.see("/plan/"))


def test_a_hold_is_done_in_the_form_that_is_right_for_her(her):
    """From week 14 of a pregnancy nobody lies on her back for a test."""
    her.screen(pregnant="yes", pregnant_weeks="24")
    her.intake()
    her.wishes()
    her.send("/tests/methods/", length="none", hold="hold", strength="none", signs="none")
    assert "Sit tall on the front half of a firm chair" in words(her.see("/tests/e06-left/"))
    her.hold("left", form="E06-seated")
    her.hold("right", form="E06-seated")
    her.hold("left", exercise="E07")
    her.hold("right", exercise="E07")
    assert {test.exercise for test in her.found(record.Tested)[0].findings.holds} == {"E06-seated", "E07"}


def test_the_short_tests_look_at_the_thigh_alone(her):
    """One button chooses the length test by eye; strength stays unknown, never fine, and there is a plan."""
    her.ready_for_tests()
    assert "about 3 minutes" in words(her.see("/tests/methods/"))
    assert her.send("/tests/methods/", go="short") == "/tests/length-left/"
    for side in ("left", "right"):
        where = her.send(f"/tests/length-{side}/", **by_eye(side))
    assert where == "/profile/"
    assert not her.course().tests[-1].body.findings.strength
    assert "not known" in words(her.see("/profile/"))
    assert her.see("/plan/").status_code == 200


def test_between_the_two_sides_of_the_knee_lifts_lie_the_other_tests(her):
    """Nobody waits two minutes: the side that hurts less first, the thighs meanwhile, then the other side."""
    her.ready_for_tests()
    assert her.send("/tests/methods/", go="lifts") == "/tests/strength-left/"
    counted = {"strength_reps_left_1": "20", "strength_reps_left_pain": "0"}
    assert her.send("/tests/strength-left/", **counted) == "/tests/length-left/"
    her.send("/tests/length-left/", **by_eye("left"))
    assert her.send("/tests/length-right/", **by_eye("right")) == "/tests/strength-right/"


def test_with_strong_pain_the_three_signs_belong_to_the_short_way(her):
    """At a worst pain of 4 or more nobody is cleared without them, so they are not left for later (TC14)."""
    her.screen()
    her.intake(worst="5")
    her.wishes()
    assert "three gentle signs" in words(her.see("/tests/methods/"))
    assert "All tests another day" not in words(her.see("/tests/methods/"))
    her.send("/tests/methods/", go="short")
    her.send("/tests/length-left/", **by_eye("left"))
    assert her.send("/tests/length-right/", **by_eye("right")) == "/tests/signs/"


def test_all_tests_on_another_day(her):
    """Nothing is tested yet: the plan is careful, and begins at Stage 1 (ST2)."""
    her.ready_for_tests()
    assert her.send("/tests/methods/", go="later") == "/profile/"
    assert "Stage 1" in words(her.see("/plan/"))


def test_choosing_after_the_short_way_brings_every_test_chosen(her):
    """Back on the first page, what she chooses there replaces the short way."""
    her.ready_for_tests()
    her.send("/tests/methods/", go="short")
    chosen = {"length": "angle", "hold": "none", "strength": "reps", "signs": "none"}
    assert her.send("/tests/methods/", go="next", **chosen) == "/tests/length-left/"
    assert "length_left_2" in her.fields("/tests/length-left/")


def test_the_minutes_left_grow_less_with_every_page(her):
    """Worked out from the pages that are left."""
    minutes = [int(re.search(r"about (\d+) minutes? left", words(her.see(path)))[1])
               for path in ("/screen/right-now/", "/screen/bones/", "/screen/what-is-hard-for-you/")]  # fmt: skip
    assert minutes == sorted(minutes, reverse=True)
    assert minutes[0] > minutes[-1]


def test_the_stronger_side_is_no_share_of_the_weaker(her):
    """Twenty lifts against thirteen: 65 % on one side, and on the other that it is the stronger; with what counting can err."""
    her.ready_for_tests()
    her.send("/tests/methods/", length="none", hold="none", strength="reps", signs="none", go="next")
    for side, lifts in (("left", "20"), ("right", "13")):
        her.send(f"/tests/strength-{side}/", **{f"strength_reps_{side}_1": lifts, f"strength_reps_{side}_pain": "0"})
    said = words(her.see("/profile/"))
    assert "the stronger side" in said
    assert "65 % of the left" in said
    assert "can be off by 25 %" in said
    assert "153" not in said


def test_where_the_length_test_is_left_out_the_short_way_is_the_knee_lifts(her):
    """Late in a pregnancy nobody lies with a leg hanging: the short way does not offer it."""
    her.screen(pregnant="yes", pregnant_weeks="20", pelvic_girdle_pain="no", pregnancy_complication="no")
    her.intake()
    rows = [stop.row for stop in her.course().stops]
    if rows:
        her.send("/leave/", rows=rows, until="", top="none", forbidden=["none"], entry=new_id())
    her.wishes()
    said = words(her.see("/tests/methods/"))
    assert "With knee lifts" in said
    assert "The short way, about" not in said
    assert her.send("/tests/methods/", go="lifts") == "/tests/strength-left/"


# ---- how it is done


def test_the_steps_come_first_with_one_picture_beside_each(her):
    """One list in one order: the method stands where the general words leave off, and no drawing is there twice."""
    her.ready_for_tests()
    her.send("/tests/methods/", length="tape", hold="none", strength="home", signs="signs")
    page = her.see("/tests/length-left/").content.decode()
    said = words(her.see("/tests/length-left/"))
    order = [said.index(step) for step in ("half of each thigh is free", "Let the other leg sink", "height of the hip point",
                                           "straighten the knee of the hanging leg", "do it twice more")]  # fmt: skip
    assert order == sorted(order)
    assert page.count("<ol") == 2  # the steps, and the way to the plan
    assert page.count('<picture class="beside">') == 2
    assert page.index("<li><div") < page.index("<picture")


def test_more_readings_open_once_one_of_them_is_typed(her):
    """The second and third stand folded away; what was typed there is seen when she comes back, and so is a mistake."""
    her.ready_for_tests()
    her.send("/tests/methods/", length="angle", hold="none", strength="none", signs="none")
    assert '<details class="folded">' in her.see("/tests/length-left/").content.decode()
    rest = {"length_left_pelvis": "yes", "length_left_stopped": ["none"], "length_left_pain": "0"}
    her.client.post("/tests/length-left/", {"length_left_1": "5", "length_left_2": "much"} | rest)
    assert '<details class="folded" open>' in her.see("/tests/length-left/").content.decode()


def test_every_way_of_testing_says_how_long_it_takes(her):
    """The tape, the most exact, takes longest; with the eye it is a few minutes."""
    her.ready_for_tests()
    said = words(her.see("/tests/methods/"))
    takes = [int(n) for n in re.findall(r"(?:exact\)|angle|\(rough\)): about (\d+) minutes", said)]
    assert len(takes) == 3
    assert takes == sorted(takes, reverse=True)


def test_the_three_signs_show_one_picture_each(her):
    """Lifted, stretched, pressed: each beside its words."""
    her.ready_for_tests()
    her.send("/tests/methods/", length="none", hold="none", strength="none", signs="signs")
    assert her.see("/tests/signs/").content.decode().count('<picture class="beside">') == 3


def test_the_profile_says_what_was_looked_at(her):
    """A "no" names its tests, what nobody looked at is no "no", and the numbers of the thigh are explained."""
    her.ready_for_tests()
    her.tests()
    said = words(her.see("/profile/"))
    assert "holds lying down, holds kneeling and counted knee lifts" in said
    assert "no sign of it (by the first hold)" in said
    assert "10° or more below it as long enough" in said


def test_without_a_test_a_late_muscle_was_not_looked_at(her):
    """Nothing tested: not known, not looked at, and no number to explain."""
    her.ready_for_tests()
    her.send("/tests/methods/", go="later")
    said = words(her.see("/profile/"))
    assert said.count("not looked at") == 2
    assert "Level is a horizontal thigh" not in said
