"""A session over HTTP: sets kept one by one, by the player and by plain forms; the pain rule, trials, undo, the end."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from psoas.pathway import record as r
from psoas.pathway.course import course_of
from psoas.pathway.decisions import StageTo
from psoas.pathway.record import SetDone
from psoas.pathway.replay import audit
from psoas.storage.contract import Conflict
from psoas.storage.ids import new_id
from psoas.terms import SIDES, Answer, Side, Stage
from psoas.web import desk
from web.courses import ZONE, Person, findings, intake, wishes

pytestmark = pytest.mark.django_db


@pytest.fixture
def her(owner, settings, tmp_path):
    """Somebody with a plan and an open session."""
    owner.zone = ZONE
    owner.save()
    settings.CLOCK = str(tmp_path / "clock")
    person = Person(desk.clinic(), owner.key).planned()
    person.begun()
    return person


@pytest.fixture
def send(at_home, her, settings):
    """What the player sends, at her time."""

    def post(path, body):
        Path(settings.CLOCK).write_text(her.at.isoformat())
        return at_home.post(path, json.dumps(body), content_type="application/json")

    return post


def items(her):
    """The prescription of the open session."""
    return her.course.open.done.shown.items


def items_of(her):
    """The prescription of the session that was ended last."""
    return her.course.sats[-1].done.shown.items


def place_of(her, exercise, *, trial=False):
    """The place of an exercise in the session."""
    return next(n for n, item in enumerate(items(her)) if item.exercise == exercise and item.trial is trial)


def a_set(her, place=0, *, number=1, pain="1", **otherwise):
    """A set as the player sends it."""
    item = items(her)[place]
    sides = ["left", "right"] if item.side == "both" else [item.side]
    body = {"entry": new_id(), "session": her.course.open.done.session, "item": place, "number": number, "did": "all",
            "pain": dict.fromkeys(sides, float(pain)), "seen": [], "signs": [], "effort": 4, "load": ""}  # fmt: skip
    return body | otherwise


# ---- a set from the player


def test_a_set_is_kept_the_moment_it_ends(her, send):
    """The set is in the record with everything that was said about it."""
    place = place_of(her, "E06")
    answer = send("/session/log/set/", a_set(her, place, pain="2", seen=["arching"], effort=5))
    assert answer.json() == {"kept": True}
    kept = her.course.open.done.sets[-1]
    assert (kept.item, kept.number, kept.pain) == (place, 1, {Side(items(her)[place].side): Decimal(2)})
    assert kept.compensations == ("arching",)


def test_a_set_sent_twice_is_kept_once(her, send):
    """The retry of a set that had arrived changes nothing."""
    body = a_set(her)
    for _ in range(3):
        assert send("/session/log/set/", body).json()["kept"]
    assert len(her.course.open.done.sets) == 1


def test_the_same_set_from_a_second_tab_is_refused_with_a_sentence(her, send):
    """Kept once; the second is told so and leaves the queue. The first may come again, and what is worse is always kept."""
    place = place_of(her, "E06")
    first = a_set(her, place, pain="2")
    assert send("/session/log/set/", first).json()["kept"]
    second = send("/session/log/set/", a_set(her, place, pain="1"))
    assert second.status_code == 200
    assert not second.json()["kept"]
    assert "kept already, from another tab" in second.json()["says"]
    assert send("/session/log/set/", first).json()["kept"]
    assert len(her.course.open.done.sets) == 1
    for worse in ({"pain": {items(her)[place].side: 3}}, {"signs": None}, {"seen": ["arching"]}):
        assert send("/session/log/set/", a_set(her, place) | worse).json()["kept"]
    assert len(her.course.open.done.sets) == 4


# ---- another exercise in its place


def swap_of(her, send, visits):
    """The first exercise that may be swapped: its place, and what may stand in."""
    offers = visits("/session/swaps/").json()
    place, others = next((int(key), found) for key, found in offers.items())
    return place, others[0]


def test_an_exercise_is_swapped_in_the_session_and_stays_swapped(her, send, visits):
    """Both sides show the other form on step 1, its sets count for it, and the decision says so (D32); sent twice it is one swap."""
    place, other = swap_of(her, send, visits)
    before = items(her)[place].exercise
    body = {"entry": new_id(), "session": her.course.open.done.session, "item": place, "to": other["to"]}
    for _ in range(2):
        assert send("/session/log/swap/", body).json() == {"kept": True}
    assert [(one.body.exercise, one.body.to) for one in her.course.swaps] == [(before, other["to"])]
    for at in (each["place"] for each in other["items"]):
        shown = items(her)[at]
        assert other["to"] in (shown.form, shown.exercise)
        assert shown.step == 1
    assert her.course.decisions[-1].body.decision.reasons[0].rule == "D32"
    assert send("/session/log/set/", a_set(her, place) | {"form": other["to"]}).json()["kept"]
    assert (her.course.open.done.sets[-1].did, her.course.open.done.sets[-1].compensations) == ("all", ())
    assert str(place) not in visits("/session/swaps/").json()
    her.clinic.end(her.episode, after={}, effort=None, limp=Answer.NO, now=her.wait(minutes=30).at, zone=ZONE)
    assert other["to"] in (items_of(her)[place].form, items_of(her)[place].exercise)
    record = her.clinic.record(her.episode)
    assert course_of(record, knowledge=her.knowledge).sats == her.course.sats
    assert not audit(record, knowledge=her.knowledge)


def test_a_set_done_in_a_form_that_the_record_does_not_show_is_never_clean(her, send, visits):
    """Another device swapped it meanwhile: the set is kept and its pain counts, but it is no whole one."""
    place, other = swap_of(her, send, visits)
    assert send("/session/log/set/", a_set(her, place) | {"form": other["to"], "seen": ["of the other"]}).json()["kept"]
    assert (her.course.open.done.sets[-1].did, her.course.open.done.sets[-1].compensations) == ("part", None)


def test_a_set_that_comes_after_its_session_was_closed_counts_for_what_was_swapped_in(her, send, visits):
    """The swap arrived, its first set the next day only: whole, and of the other form."""
    place, other = swap_of(her, send, visits)
    session = her.course.open.done.session
    swap = {"entry": new_id(), "session": session, "item": place, "to": other["to"]}
    late = a_set(her, place) | {"form": other["to"]}
    assert send("/session/log/swap/", swap).json()["kept"]
    her.wait(days=1)
    her.write(r.DayAnswered(now={}, limp=Answer.NO, answers={}))
    assert her.course.sats == ()
    assert send("/session/log/set/", late).json()["late"]
    done = her.course.sats[-1].done
    assert other["to"] in (done.shown.items[place].form, done.shown.items[place].exercise)
    assert [one.did for one in done.sets] == ["all"]


def test_a_swap_that_is_not_offered_is_refused(her, send, visits):
    """Not after a set of it, not to something else, not without an id; nothing is written."""
    place, other = swap_of(her, send, visits)
    body = {"entry": new_id(), "session": her.course.open.done.session, "item": place, "to": other["to"]}
    assert send("/session/log/swap/", body | {"to": "E99"}).status_code == 409
    assert send("/session/log/swap/", body | {"entry": "1"}).status_code == 400
    assert send("/session/log/swap/", body | {"item": 99}).status_code == 400
    send("/session/log/set/", a_set(her, place))
    assert "a set of it is done" in send("/session/log/swap/", body).json()["says"]
    assert send("/session/log/swap/", body | {"item": 0}).status_code == 409  # a warm-up
    assert not her.course.swaps


def test_without_an_open_session_nothing_is_offered(her, visits):
    """Ended, there is nothing left to swap."""
    her.clinic.end(her.episode, after={}, effort=None, limp=Answer.NO, now=her.at, zone=ZONE)
    assert visits("/session/swaps/").json() == {}


# ---- a warning sign from the player


def test_a_warning_sign_named_without_a_line_stops_the_session_until_she_is_screened(her, send, visits):
    """It arrives as a change, the full screen comes first, and the open session is not gone on with."""
    session = her.course.open.done.session
    answer = send("/session/log/alarm/", {"entry": new_id(), "session": session, "signs": ["TE10", "other"]}).json()
    assert (answer["kept"], answer["next"]) == (True, "/today/")
    assert her.course.reports[-1].body.what == "condition"
    assert visits("/session/").url == "/today/"
    assert "Something comes first" in visits("/today/").text
    assert send("/session/log/set/", a_set(her)).json()["next"] == "/today/"


def test_a_fall_named_without_a_line_is_a_fall(her, send):
    """A fall alone is told as one."""
    body = {"entry": new_id(), "session": her.course.open.done.session, "signs": ["fall"]}
    assert send("/session/log/alarm/", body).json()["kept"]
    assert her.course.reports[-1].body.what == "fall"


@pytest.mark.parametrize("wrong", [{"entry": "1"}, {"signs": []}, {"signs": ["magic"]}])
def test_an_impossible_warning_sign_is_refused(her, send, wrong):
    """Without an id, without a sign, or with one that nobody showed her."""
    body = {"entry": new_id(), "session": her.course.open.done.session, "signs": ["fall"]}
    assert send("/session/log/alarm/", body | wrong).status_code == 400
    assert not her.course.reports


def test_not_known_is_kept_as_not_known(her, send):
    """Pain, effort, kind and what was seen may be unknown; none of it becomes zero or none."""
    place = place_of(her, "E06")
    side = items(her)[place].side
    send(
        "/session/log/set/",
        a_set(her, place, pain="0") | {"pain": {side: None}, "seen": None, "signs": None, "effort": None},
    )
    kept = her.course.open.done.sets[-1]
    assert (kept.pain[Side(side)], kept.compensations, kept.signs, kept.effort) == (None, None, None, None)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"pain": {"right": 11}}, "0 to 10"),
        ({"pain": {"right": -1}}, "0 to 10"),
        ({"pain": {"middle": 1}}, "middle"),
        ({"pain": {"right": "a lot"}}, "pain"),
        ({"effort": 12}, "effort"),
        ({"did": "none"}, "done, or done in part"),
        ({"did": None}, "did"),
        ({"number": 0}, "set number"),
        ({"number": 99}, "set number"),
        ({"item": 99}, "not part of the session"),
        ({"item": -1}, "not part of the session"),
        ({"seen": ["flying"]}, "not in the list"),
        ({"signs": ["magic"]}, "not in the list"),
        ({"load": "kg:500"}, "not among yours"),
        ({"entry": "1"}, "no id"),
        ({"more": 1}, "more"),
    ],
)
def test_an_impossible_set_is_refused_with_a_sentence(her, send, wrong, words):
    """Whatever cannot be is not kept, and the answer says what it was."""
    answer = send("/session/log/set/", a_set(her, place_of(her, "E06")) | wrong)
    assert answer.status_code == 400
    assert words in answer.json()["says"]
    assert not her.course.open.done.sets


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '"set"', "{}", "\x00", b'{"entry":"\xff"}'])
def test_what_is_no_set_is_refused(her, at_home, settings, body):
    """Rubbish is answered with a sentence."""
    Path(settings.CLOCK).write_text(her.at.isoformat())
    answer = at_home.post("/session/log/set/", body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["says"]


def test_a_set_of_another_session_is_refused(her, send):
    """A page left open from an earlier session cannot write into this one."""
    answer = send("/session/log/set/", a_set(her) | {"session": new_id()})
    assert answer.status_code == 409
    assert answer.json()["reload"]


def test_nobody_logs_without_coming_in(client):
    """Without a session of the browser nothing is kept."""
    assert client.post("/session/log/set/", "{}", content_type="application/json").status_code == 403


def test_a_logged_set_takes_eight_statements_in_one_transaction(her, send):
    """From request to commit: at most eight statements, and one transaction, however long the session is."""
    for number in (1, 2, 3):
        body = a_set(her, place_of(her, "E06"), number=number)
        with CaptureQueriesContext(connection) as seen:
            assert send("/session/log/set/", body).json()["kept"]
        statements = [q["sql"] for q in seen.captured_queries]
        asked = [sql for sql in statements if not sql.startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))]
        assert len(asked) <= 8, asked
        assert sum(sql.startswith("SAVEPOINT") for sql in statements) == 1


def test_when_somebody_writes_all_the_time_it_is_said(her, send, monkeypatch):
    """If another tab always comes first nothing is kept, and the player is told to try again."""

    def busy(*_args, **_rest):
        raise Conflict("episode", expected=1, found=2)

    monkeypatch.setattr(desk.journal(), "append", busy)
    answer = send("/session/log/set/", a_set(her))
    assert (answer.status_code, answer.json()["again"]) == (409, True)


def test_two_tabs_both_sets_are_kept(her, send):
    """A set from each of two tabs, the second made from an older state: both are in the record."""
    first, second = a_set(her, 0), a_set(her, 1)
    send("/session/log/set/", first)
    desk.clinic()._folded.clear()
    send("/session/log/set/", second)
    assert {one.item for one in her.course.open.done.sets} == {0, 1}


# ---- the pain rule


@pytest.mark.parametrize("otherwise", [{"pain": "6"}, {"signs": ["sharp"]}, {"signs": ["catching"]}])
def test_too_much_pain_ends_the_session(her, send, visits, otherwise):
    """Above 5, or sharp or catching: the session ends there, and that is what is kept (D40)."""
    answer = send("/session/log/set/", a_set(her, place_of(her, "E06"), **otherwise)).json()
    assert answer["next"] == "/session/end/"
    assert visits("/session/").url == "/session/end/"
    assert "The session ends here" in visits("/session/end/").text
    said = {"pain_left": "0", "pain_right": "4", "limp": "no", "effort": "5", "entry": new_id()}
    answer = visits("/session/end/", said, follow=True)
    assert her.course.sats[-1].done.ended_by == "pain_rule"
    assert "/rules/RG2/" in answer.text or "RG2" in answer.text


def test_pain_of_five_does_not_end_it(her, send, visits):
    """5 is not above 5."""
    assert "next" not in send("/session/log/set/", a_set(her, place_of(her, "E06"), pain="5")).json()
    assert visits("/session/").status_code == 200


@pytest.mark.parametrize(("pain", "ends"), [("2", False), ("3", True)])
def test_impact_has_no_amber_zone(owner, at_home, settings, tmp_path, pain, ends):
    """Above 2 in a sprint drill the session ends; in every other exercise it is above 5 (C-P, D66)."""
    owner.zone, settings.CLOCK = ZONE, str(tmp_path / "clock")
    owner.save()
    things = r.Equipment(things=("wall", "chair", "running_space", "obstacle"), bands=3)
    runner = Person(desk.clinic(), owner.key)
    runner.planned(
        taken=intake(right="1"), wished=wishes(goal="run", equipment=things), found=findings(angle="-12", reps="20")
    )
    there = tuple(StageTo(side=side, stage=Stage.RETURN, how="clinician") for side in SIDES)
    runner.write(r.Overridden(changes=there, why="she runs already"))
    runner.begun()
    Path(settings.CLOCK).write_text(runner.at.isoformat())
    given = json.dumps(a_set(runner, place_of(runner, "E13"), pain=pain))
    answer = at_home.post("/session/log/set/", given, content_type="application/json").json()
    assert ("next" in answer) is ends


# ---- the trial


def test_a_failed_trial_begins_anew_one_stage_lower(her, send, visits):
    """The server says so, shows why, and a new session of the lower stage begins (D24)."""
    place = next(n for n, item in enumerate(items(her)) if item.trial)
    before = her.course.open.done.session
    answer = send("/session/log/set/", a_set(her, place, pain="4")).json()
    assert answer["next"] == "/session/again/"
    assert "One stage lower" in visits("/session/again/").text
    assert visits("/session/again/", {}).url == "/session/"
    again = her.course.open.done
    assert again.session != before
    assert her.course.plan.right.stage == "1"
    assert "E16a" not in {item.exercise for item in again.shown.items if item.side == "right"}


def test_a_passed_trial_goes_on(her, send):
    """Nothing is said, and the set is no part of the session's sets."""
    place = next(n for n, item in enumerate(items(her)) if item.trial)
    assert send("/session/log/set/", a_set(her, place)).json() == {"kept": True}
    assert not her.course.open.done.sets


# ---- skips and undo


def test_an_exercise_left_out_says_why(her, send):
    """The reason is kept, once."""
    body = {"entry": new_id(), "session": her.course.open.done.session, "item": 3, "why": "tired"}
    for _ in range(2):
        assert send("/session/log/skip/", body).json() == {"kept": True}
    assert [(skip.item, skip.why) for skip in her.course.open.done.skips] == [(3, "tired")]


@pytest.mark.parametrize("wrong", [{"why": "bored"}, {"item": 99}, {"entry": "x"}])
def test_an_impossible_skip_is_refused(her, send, wrong):
    """A reason that is not offered, or an exercise that is not there."""
    body = {"entry": new_id(), "session": her.course.open.done.session, "item": 3, "why": "tired"} | wrong
    assert send("/session/log/skip/", body).status_code == 400
    assert not her.course.open.done.skips


def test_the_last_set_can_be_taken_back_once(her, send):
    """Taken back it is gone from the session and stays in the record; asked again nothing more goes."""
    first, second = a_set(her, 0), a_set(her, 1)
    send("/session/log/set/", first)
    send("/session/log/set/", second)
    body = {"session": her.course.open.done.session, "set": second["entry"]}
    for _ in range(2):
        assert send("/session/log/undo/", body).json() == {"kept": True}
    assert [one.item for one in her.course.open.done.sets] == [0]
    assert len([e for e in her.clinic.record(her.episode) if isinstance(e.body, SetDone)]) == 2


def test_only_the_newest_set_can_be_taken_back(her, send):
    """An older one stays."""
    first, second = a_set(her, 0), a_set(her, 1)
    send("/session/log/set/", first)
    send("/session/log/set/", second)
    send("/session/log/undo/", {"session": her.course.open.done.session, "set": first["entry"]})
    assert len(her.course.open.done.sets) == 2


# ---- without JavaScript


def plain(her, place, **otherwise):
    """A set as the plain form sends it."""
    item = items(her)[place]
    sides = ["left", "right"] if item.side == "both" else [item.side]
    said = {
        "place": place,
        "number": 1,
        "entry": new_id(),
        "did": "all",
        "seen": "none",
        "signs": "none",
        "effort": "3",
    }
    return said | {f"pain_{side}": "1" for side in sides} | otherwise


def test_the_whole_prescription_can_be_read_without_scripts(her, visits):
    """Every exercise stands on the page, and the next set with its steps and questions."""
    page = visits("/session/").text
    for name in {her.knowledge.exercises[item.exercise].name for item in items(her)}:
        assert name in page
    assert 'action="/session/set/"' in page
    assert " checked" not in page


def test_set_after_set_by_plain_forms_to_the_end(her, visits):
    """Sent one by one the forms lead through the session to its end."""
    for _ in range(40):
        page = visits("/session/", follow=True)
        if page.redirect_chain:
            break
        place = len(her.course.open.done.sets) and next(
            n for n, item in enumerate(items(her)) if sum(s.item == n for s in all_sets(her)) < item.dose.sets
        )
        number = sum(one.item == place for one in all_sets(her)) + 1
        visits("/session/set/", plain(her, place, number=number))
        her.wait(seconds=60)
    assert page.redirect_chain[-1][0] == "/session/end/"
    said = {"pain_left": "0", "pain_right": "1", "limp": "no", "effort": "4", "entry": new_id()}
    done = visits("/session/end/", said, follow=True).text
    assert "Nothing had to step back" in done
    sat = her.course.sats[-1].done
    assert sat.ended_by == "done"
    assert len(sat.sets) == sum(item.dose.sets for item in sat.shown.items if not item.trial)


def all_sets(her):
    """Sets and trial sets of the open session."""
    session = her.course.open.done.session
    return [*her.course.open.done.sets, *(t.body.done for t in her.course.trials if t.body.done.session == session)]


def test_a_missing_answer_comes_back_with_the_rest_kept(her, visits):
    """What was typed stays on the page, and nothing is written."""
    said = plain(her, 0)
    del said["did"]
    answer = visits("/session/set/", said)
    assert "needs a look" in answer.text
    assert answer.text.count(" checked") >= 4
    assert not her.course.open.done.sets


def test_an_old_page_does_not_write_the_wrong_set(her, visits):
    """After the back button the form of a set that is kept already leads on instead of being kept again."""
    said = plain(her, 0)
    visits("/session/set/", said)
    assert visits("/session/set/", said | {"entry": new_id()}).url == "/session/?already=1"
    assert len(her.course.open.done.sets) == 1


def test_left_out_and_taken_back_by_plain_forms(her, visits):
    """The same two ways without scripts."""
    visits("/session/skip/", {"place": 0, "skip-why": "time", "skip-entry": new_id()})
    assert her.course.open.done.skips[-1].why == "time"
    visits("/session/set/", plain(her, 1))
    undo = visits("/session/").context["undo"]
    visits("/session/undo/", {"set": undo})
    assert not her.course.open.done.sets


# ---- the end, and being left


def left_out(her, visits):
    """One set of the first main exercise; everything before it left out."""
    place = place_of(her, "E06")
    for earlier in range(place):
        visits("/session/skip/", {"place": earlier, "skip-why": "time", "skip-entry": new_id()})
    visits("/session/set/", plain(her, place))


def test_ending_early_is_the_persons_choice(her, visits):
    """With sets left the session ends by the person, and the page offered to go on."""
    left_out(her, visits)
    assert "You can still" in visits("/session/end/").text
    said = {"pain_left": "0", "pain_right": "unknown", "limp": "unknown", "effort": "unknown", "entry": new_id()}
    assert visits("/session/end/", said).url == "/session/done/"
    done = her.course.sats[-1].done
    assert (done.ended_by, done.effort, done.after[Side.RIGHT]) == ("person", None, None)


def test_the_end_sent_twice_is_kept_once(her, visits):
    """A second press on finish leads to the same page."""
    visits("/session/set/", plain(her, 0))
    said = {"pain_left": "0", "pain_right": "1", "limp": "no", "effort": "4", "entry": new_id()}
    visits("/session/end/", said)
    count = len(her.clinic.record(her.episode))
    assert visits("/session/end/", said).url == "/session/done/"
    assert len(her.clinic.record(her.episode)) == count


def test_a_session_left_open_is_closed_as_it_stands(her, visits):
    """The next day it has to be closed first; its sets count, what was not said stays unknown (D35)."""
    left_out(her, visits)
    last = her.at
    her.wait(days=1)
    assert "A session was left open" in visits("/today/").text
    assert visits("/session/start/").url == "/session/close/"
    visits("/session/close/", {"entry": new_id()})
    done = her.course.sats[-1].done
    assert (done.ended_by, done.ended, done.effort) == ("left", last, None)
    assert "Rest until" in visits("/today/").text


def test_going_on_later_the_same_day(her, visits):
    """An open session of today is offered to go on with."""
    visits("/session/set/", plain(her, 0))
    her.wait(hours=1)
    assert "Your session is open" in visits("/today/").text
    assert visits("/session/start/").url == "/session/"


def test_a_warm_up_alone_is_said_to_be_no_session(her, visits):
    """It is kept, the session may begin again today, and nothing is asked tomorrow (D35)."""
    warm_up = [place for place, item in enumerate(items(her)) if item.slot == 1]
    for place in warm_up:
        her.did(place, 1, pain="0")
    said = {"pain_left": "0", "pain_right": "0", "limp": "no", "effort": "1", "entry": new_id()}
    page = visits("/session/end/", said, follow=True)
    assert "Only the warm-up was done, so this does not count as a session." in page.text
    assert "You can begin again today." in page.text
    assert her.course.sats == ()
    her.begun()
    her.did(next(n for n, item in enumerate(items(her)) if item.trial), 1)
    assert visits("/session/done/").url == "/today/"
    page = visits("/session/end/", said | {"entry": new_id()}, follow=True)
    assert "Only the warm-up and the trial set were done" in page.text
    assert "Decided at once" not in page.text


@pytest.mark.parametrize(("right", "says"), [("4", True), ("1", False)])
def test_the_session_page_says_why_a_sore_side_gets_less(at_home, owner, settings, tmp_path, right, says):
    """With 4 on the right that side has only the settling exercises, and the page says so; else there is no note (D12)."""
    owner.zone = ZONE
    owner.save()
    settings.CLOCK = str(tmp_path / "clock")
    sore = Person(desk.clinic(), owner.key).planned()
    sore.begun(right=right)
    Path(settings.CLOCK).write_text(sore.at.isoformat())
    page = at_home.get("/session/").text
    assert ("only the settling exercises" in page) == says
    assert ("pain is 4 now" in page) == says
