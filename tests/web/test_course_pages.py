"""Today, the morning, the week, checks, decisions, leave: what a page says and what it writes."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path

import pytest

from psoas.pathway import record as r
from psoas.pathway.decisions import StageTo
from psoas.storage.ids import new_id
from psoas.terms import Answer, Side
from psoas.web import desk
from web.courses import FIRST, ZONE, Person, intake, mini_answers, wishes

pytestmark = pytest.mark.django_db


@pytest.fixture
def her(owner, settings, tmp_path):
    """Somebody with a plan, at the first day's evening; the pages read her clock."""
    owner.zone = ZONE
    owner.save()
    settings.CLOCK = str(tmp_path / "clock")
    return Person(desk.clinic(), owner.key).planned()


def calm(**otherwise):
    """An evening answer without pain."""
    return {"pain_left": "0", "pain_right": "1", "limp": "no", "settled": "yes", "entry": new_id()} | otherwise


def day_form(knowledge, **otherwise):
    """What she sends before a session."""
    said = {
        "pain_left": "0",
        "pain_right": "1",
        "limp_now": "no",
        "recovered": "yes",
        "night_pain_new": "no",
        "news": "none",
    }
    return mini_answers(knowledge) | said | {"entry": new_id()} | otherwise


PATHS = ["/today/", "/today/how/", "/week/", "/form/", "/check/", "/offers/easier-week/", "/morning/", "/decisions/",
         "/leave/", "/change/", "/progress/", "/record/", "/record/import/", "/record/erase/", "/session/start/"]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_every_page_answers_on_the_first_day(visits, path):
    """Before the first session every page has something sensible on it."""
    assert visits(path).status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_every_page_answers_after_three_sessions(her, visits, path):
    """With sessions, mornings and decisions in the record the same pages answer."""
    for _ in range(3):
        her.trained().wait(hours=34)
    assert visits(path, follow=True).status_code == 200


@pytest.mark.parametrize("path", ["/today/", "/week/", "/session/start/", "/decisions/", "/progress/"])
def test_without_a_plan_the_way_to_it_comes_first(at_home, path):
    """Nobody trains without a plan."""
    assert at_home.get(path).url in ("/screen/", "/intake/")


# ---- today in one look


def test_today_is_for_training(visits):
    """A plan and nothing in the way: train, how long, and with what."""
    page = visits("/today/").text
    assert "Train today" in page
    assert "Slump-to-tall knee lift" in page
    assert "/session/start/" in page


def test_after_a_session_it_rests_and_says_until_when(her, visits):
    """The next session may begin 48 hours after this one began, with the rule beside it (D35)."""
    began = her.at
    her.trained(morning=None)
    page = visits("/today/").text
    assert "Rest until" in page
    assert f"{began + dt.timedelta(hours=48):%A, %H:%M}" in page
    assert "/rules/D35/" in page


def test_a_red_flag_sends_on_and_shows_no_exercise(her, visits):
    """A yes to a warning sign: where to go, what to say there, and nothing to train (RG6)."""
    visits("/session/start/", day_form(her.knowledge, mini_TE10="yes"))
    for _ in range(3):
        asked = re.findall(r'name="(\w+)" value="yes"', visits("/session/start/more/", follow=True).text)
        visits("/session/start/more/", dict.fromkeys(asked, "yes"))
    assert {stop.row for stop in her.course.stops} == {"TE10"}
    page = visits("/today/").text
    assert "Go to an emergency department" in page
    assert "Slump-to-tall" not in page


def test_pain_above_five_is_no_day_for_a_session(her, visits):
    """Pain above 5 before a session: no session today, and it says why (D12)."""
    answer = visits("/session/start/", day_form(her.knowledge, pain_right="6"), follow=True)
    assert "No session today" in answer.text
    assert "/rules/D12/" in answer.text
    assert her.course.open is None


def test_what_waits_stands_on_today(her, visits):
    """The morning, and after a week the weekly questions, wait as cards."""
    her.trained(morning=None).wait(hours=14)
    assert "/morning/" in visits("/today/").text
    her.wait(days=8)
    assert "/week/" in visits("/today/").text


def test_a_full_screen_that_ends_waits_with_it_the_training(her, visits):
    """From the 15th day on training waits for a new full safety check (D10)."""
    her.wait(days=15)
    page = visits("/today/").text
    assert "Something comes first" in page
    assert "Answer the safety check" in page


def test_before_the_safety_check_comes_how_it_is_today(her, visits):
    """The full check reads today's pain; where that is not told yet it is asked first (D12)."""
    her.wait(days=15)
    assert "/today/how/?then=screen" in visits("/today/").text
    said = {"pain_left": "0", "pain_right": "1", "limp_now": "no", "entry": new_id()}
    assert visits("/today/how/?then=screen", said).url == "/screen/"


# ---- before a session


def test_the_morning_is_asked_before_anything_else(her, visits):
    """With the morning still open, starting leads there first, and from there on to the start (D39)."""
    her.trained(morning=None).wait(hours=47)
    assert visits("/session/start/").url == "/morning/?then=start"
    assert visits("/morning/?then=start", calm()).url == "/session/start/"


def test_no_answer_no_session(her, visits):
    """With one of the six questions open nothing begins, and what was answered is kept (D11)."""
    said = day_form(her.knowledge)
    del said["mini_TE3"]
    answer = visits("/session/start/", said)
    assert "Not sure” is an answer too" in answer.text
    assert answer.text.count(" checked") >= 10
    assert her.course.open is None


def test_what_was_typed_is_there_on_coming_back(her, visits):
    """A half-filled page is filled when it is opened again, on the same day only."""
    said = day_form(her.knowledge)
    del said["mini_TE3"]
    visits("/session/start/", said)
    assert visits("/session/start/").text.count(" checked") >= 10
    her.wait(days=1)
    assert " checked" not in visits("/session/start/").text


def test_a_yes_opens_its_questions(her, visits):
    """Not sure about a warning sign asks what settles it before anything begins (D11)."""
    answer = visits("/session/start/", day_form(her.knowledge, mini_TU1="unknown"))
    assert answer.url == "/session/start/more/"
    page = visits("/session/start/more/").text
    assert "A little more about that" in page
    assert her.course.open is None


def test_all_answered_a_session_begins(her, visits):
    """The answers are kept and the session begins with the pain just before it."""
    assert visits("/session/start/", day_form(her.knowledge)).url == "/session/"
    done = her.course.open.done
    assert done.before == {Side.LEFT: Decimal(0), Side.RIGHT: Decimal(1)}


def test_start_pressed_twice_begins_once(her, visits):
    """The same page sent twice, or from two tabs, begins one session."""
    said = day_form(her.knowledge)
    visits("/session/start/", said)
    session = her.course.open.done.session
    count = len(her.clinic.record(her.episode))
    assert visits("/session/start/", said).url == "/session/"
    assert her.course.open.done.session == session
    assert len(her.clinic.record(her.episode)) == count


# ---- the morning, the week, checks


def test_the_morning_brings_the_decision(her, visits):
    """The answer about the morning leads to the decision it made, with rule, source and what would change it (D42)."""
    her.trained(morning=None).wait(hours=15)
    answer = visits("/morning/", calm(), follow=True)
    path, _ = answer.redirect_chain[-1]
    assert path.startswith("/decisions/")
    for part in ("/rules/HO3/", "What would change it", "Sources"):
        assert part in answer.text


def test_the_morning_counts_only_on_a_later_day(her, visits):
    """On the day itself it cannot be answered, and the page says when (D39)."""
    her.trained(morning=None)
    assert "at least 6 hours" in visits("/morning/").text


def test_i_cannot_say_stays_unknown(her, visits):
    """Not knowing is kept as not known, never as zero."""
    her.trained(morning=None).wait(hours=15)
    visits("/morning/", calm(pain_right="unknown", settled="unknown"))
    told = her.course.mornings[her.course.sats[-1].done.session][-1].body
    assert told.now[Side.RIGHT] is None
    assert told.settled is Answer.UNKNOWN


def test_the_morning_sent_twice_is_kept_once(her, visits):
    """Sending the page again after the back button writes nothing more."""
    her.trained(morning=None).wait(hours=15)
    said = calm()
    visits("/morning/", said)
    count = len(her.clinic.record(her.episode))
    visits("/morning/", said)
    assert len(her.clinic.record(her.episode)) == count


WEEK = {"worst_left": "0", "worst_right": "2", "stiffness_left": "0", "stiffness_right": "1", "impact_left": "unknown",
        "impact_right": "1", "walk30": "1", "night_pain": "no", "limp": "no", "snaps_left": "no", "snaps_right": "no"}  # fmt: skip


def test_one_tick_spares_a_side_that_did_not_hurt(her, visits):
    """No pain at all is a worst of 0 and no snap; what was never done stays unknown, and so does what is left open."""
    left = {name: value for name, value in WEEK.items() if name not in ("worst_left", "impact_left", "snaps_left")}
    visits("/week/", left | {"fine_left": "yes", "entry": new_id()})
    told = her.course.weeks[-1].body
    assert (told.worst[Side.LEFT], told.impact[Side.LEFT], told.snaps[Side.LEFT]) == (0, None, Answer.NO)
    assert (told.worst[Side.RIGHT], told.stiffness[Side.LEFT]) == (2, 0)


def test_without_the_tick_every_question_waits_for_its_answer(her, visits):
    """Nothing is ticked beforehand, and an empty page is no healthy one."""
    assert 'name="fine_left" value="yes" id="id_fine_left_0">' in visits("/week/").text
    answer = visits("/week/", {"entry": new_id()})
    assert "11 answers need a look" in answer.text
    assert her.course.weeks == ()


@pytest.mark.parametrize(("name", "value"), [("worst_left", "3"), ("impact_left", "1"), ("snaps_left", "yes")])
def test_a_tick_that_contradicts_an_answer_is_asked_back(her, visits, name, value):
    """Which of the two is right is hers to say; nothing is kept."""
    answer = visits("/week/", WEEK | {"fine_left": "yes", "entry": new_id(), name: value})
    assert "You ticked that it did not hurt at all" in answer.text
    assert her.course.weeks == ()


def test_the_week_is_kept(her, visits):
    """The weekly answers go into the record; what cannot be said is not known."""
    visits("/week/", WEEK | {"entry": new_id()})
    told = her.course.weeks[-1].body
    assert told.worst[Side.RIGHT] == 2
    assert told.impact[Side.LEFT] is None


@pytest.mark.parametrize(
    ("field", "value"), [("worst_right", "11"), ("worst_right", "-1"), ("walk30", "a lot"), ("limp", "")]
)
def test_impossible_answers_are_asked_back(her, visits, field, value):
    """A number outside 0 to 10 or a missing part: the page comes back, nothing is written."""
    answer = visits("/week/", WEEK | {field: value, "entry": new_id()})
    assert "needs a look" in answer.text
    assert not her.course.weeks


def test_a_form_without_its_id_writes_nothing(her, visits):
    """A page that has lost its hidden id says so."""
    assert "lost its place" in visits("/week/", WEEK | {"entry": "x"}).text
    assert not her.course.weeks


def test_a_check_names_its_parts_and_is_decided_with_the_last(her, visits):
    """At two weeks: questions, the safety check, a look at form; the last part brings the decision (D65)."""
    her.trained().wait(hours=34).trained()
    her.at = FIRST + dt.timedelta(days=13)
    page = visits("/check/").text
    assert "The check of week 2" in page
    assert page.count("To do") == 3
    said = {"worst_left": "0", "worst_right": "2", "score_0": "6", "score_1": "unknown", "change": "a_little_better",
            "satisfied": "yes", "entry": new_id()}  # fmt: skip
    assert visits("/check/answers/", said).url == "/check/"
    visits("/form/", {"good": "yes", "entry": new_id()})
    assert visits("/check/").text.count("To do") == 1
    assert her.course.checks[-1].body.scores == (Decimal(6), None)


def test_a_clinicians_leave_lifts_what_may_be_quoted(her, visits):
    """After a C-stop of the course a quoted leave lifts it, and the page leads to the decision that says so (D14)."""
    her.write(r.Decided(decision=_stop("SR6"), protocol=her.course.protocol, saw=her.course.count))
    assert "See a clinician first" in visits("/today/").text
    said = {"rows": "SR6", "by": "physio", "until": "", "top": "none", "forbidden": "none", "entry": new_id()}
    answer = visits("/leave/", said, follow=True)
    assert not her.course.stops
    assert "/rules/D14/" in answer.text
    assert her.course.clearances[-1].body.until == her.at.date() + dt.timedelta(days=42)


def _stop(row):
    from psoas.pathway.decisions import Refer, Stops  # noqa: PLC0415 (only this test makes a decision by hand)
    from psoas.terms import Level, Reason  # noqa: PLC0415

    return Refer(level=Level.CLINICIAN, reasons=(Reason(row),), changes=(Stops(level=Level.CLINICIAN, rows=(row,)),))


def test_a_leave_ends_within_twelve_weeks(her, visits):
    """A date beyond 84 days is asked back (D14)."""
    her.write(r.Decided(decision=_stop("SR6"), protocol=her.course.protocol, saw=her.course.count))
    late = (her.at.date() + dt.timedelta(days=85)).isoformat()
    said = {"rows": "SR6", "by": "physio", "until": late, "top": "none", "forbidden": "none", "entry": new_id()}
    visits("/leave/", said)
    assert not her.course.clearances


def test_what_changed_asks_for_the_safety_check(her, visits):
    """A reported change pauses training until the full safety check is done again (D17)."""
    her.wait(hours=1)
    visits("/change/", {"what": "fall", "entry": new_id()})
    page = visits("/today/").text
    assert "Something comes first" in page
    assert "/rules/D17/" in page


# ---- decisions


def test_a_decision_that_is_not_there_is_not_found(visits):
    """A made-up number leads nowhere."""
    assert visits("/decisions/9999/").status_code == 404


def test_three_clean_sessions_move_one_thing(her, visits):
    """After three clean sessions the newest decision names what goes up, and the rules and numbers behind it (PR1, D44)."""
    for _ in range(3):
        her.trained().wait(hours=34)
    page = visits("/decisions/").text
    assert "from step" in page
    made = next(d for d in reversed(her.course.decisions) if type(d.body.decision).__name__ == "Progress")
    detail = visits(f"/decisions/{made.seq}/").text
    assert "/rules/PR1/" in detail
    assert "What changes" in detail


# ---- clocks and counts


def test_a_clock_set_back_breaks_nothing(her, visits):
    """With a clock earlier than the newest entry every page still answers, and rest does not vanish (D03)."""
    her.trained()
    her.at = FIRST - dt.timedelta(days=2)
    for path in ("/today/", "/progress/", "/record/", "/decisions/", "/check/"):
        assert visits(path, follow=True).status_code == 200
    assert "Rest until" in visits("/today/").text


def test_today_takes_few_statements_however_long_the_course(her, visits, django_assert_max_num_queries):
    """Six statements at most, with one session or with eight."""
    visits("/today/")
    for count in (1, 7):
        for _ in range(count):
            her.ready().trained()
        desk.clinic()._folded.clear()
        with django_assert_max_num_queries(6):
            visits("/today/")


def test_intake_pain_is_drawn_against_later_weeks(her, visits):
    """The worst pain of intake stands in the table of progress beside the weekly answers."""
    her.trained()
    visits("/week/", WEEK | {"entry": new_id()})
    page = visits("/progress/").text
    assert "Worst pain of the week" in page
    assert f"{intake().sides[Side.RIGHT].worst}" in page
    assert "within what the measure can err" in page or "improved" in page


def test_the_plan_says_apart_why_she_began_where_she_began_and_why_she_is_where_she_is(her, visits):
    """Stepped down since: the day, the reason and its decision stand first, the first reason is called the first."""
    start = her.course.plan.right.stage
    page = visits("/plan/").text
    assert "You began in stage" not in page
    for _ in range(2):
        her.ready().trained(morning="5")
    now = her.course.plan.right.stage
    assert now < start
    page = visits("/plan/").text
    seq = next(
        d.seq for d in reversed(her.course.decisions) if any(isinstance(c, StageTo) for c in d.body.decision.changes)
    )
    assert "Since " in page
    assert f'href="/decisions/{seq}/"' in page
    assert f"You began in stage {start.value}, " in page
    assert page.count("Both sides are kept close together") == 2  # why the left began with it, and why it came down


@pytest.mark.parametrize(
    ("screen", "says"),
    [
        ({"load_rise": "yes"}, "Training that rose clearly before this began"),
        ({"osteoporosis": "yes"}, "With brittle bones"),
        ({}, None),
    ],
)
def test_the_plan_says_which_stage_is_her_highest_and_who_could_lift_it(
    at_home, owner, settings, tmp_path, screen, says
):
    """Running needs 4b; what keeps it shut is named, and the goal is the highest stage open to her (D52, D71)."""
    owner.zone = ZONE
    owner.save()
    settings.CLOCK = str(tmp_path / "clock")
    runner = Person(desk.clinic(), owner.key).planned(wished=wishes(goal="run"), **screen)
    Path(settings.CLOCK).write_text(runner.at.isoformat())
    page = at_home.get("/plan/").text
    assert ("Stage 4a is the highest open to you now" in page) == bool(says)
    assert says is None or says in page


def test_a_check_whose_worst_pain_was_not_told_asks_for_it_again(her, visits):
    """The part stays to do, and the page says why (D65)."""
    her.trained().wait(days=12)
    assert "was not told" not in visits("/check/").text
    her.write(r.CheckAnswered(day=14, worst={Side.LEFT: Decimal(0), Side.RIGHT: None}, scores=(Decimal(6), Decimal(6))))
    page = visits("/check/").text
    assert "The worst pain of a hip was not told." in page
    her.write(r.CheckAnswered(day=14, worst={Side.LEFT: Decimal(0), Side.RIGHT: Decimal(2)}))
    assert "was not told" not in visits("/check/").text
