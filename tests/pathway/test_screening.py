"""The screen: three-valued rows, one follow-up per "not sure", emergencies first, nothing cleared on an unknown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from psoas.knowledge.criteria import All, Any_, Compare, Criterion, Is, Not, OneOf
from psoas.knowledge.loader import load
from psoas.knowledge.schema import Knowledge, Question, RedFlag
from psoas.pathway.answers import told
from psoas.pathway.assessment import assess
from psoas.pathway.decisions import AskMore, Cleared, Profile, Refer, Triage
from psoas.pathway.record import Complaint, Findings, PainSigns, StrengthTest
from psoas.pathway.screening import AfterTests, after_tests, fired, mini_screen, opened, screen, with_tests
from psoas.terms import Answer, Level, Side

D = Decimal
DAY = dt.date(2026, 3, 2)
LOADED = load()


def yes(fact: str) -> Is:
    return Is(fact, "yes")


def flag(name: str, level: Level, when: Criterion, **more: Any) -> RedFlag:
    given = {"title": name, "go": "go", "say": "say", "sources": ("DC",)} | more
    return RedFlag(id=name, level=level, when=when, **given)


def asked(name: str, **more: Any) -> Question:
    given = {"part": "safety", "ask": f"{name}?", "group": "one"} | more
    return Question(id=name, **given)


def knowing(flags: Iterable[RedFlag], questions: Iterable[Question]) -> Knowledge:
    return replace(
        LOADED, red_flags={row.id: row for row in flags}, questions={question.id: question for question in questions}
    )


SMALL = knowing(
    (
        flag("TE1", Level.EMERGENCY, Any_((yes("numb"), yes("bladder")))),
        flag("TE2", Level.EMERGENCY, All((yes("fever"), yes("limp")))),
        flag("TU1", Level.URGENT, All((yes("fever"), Not(yes("known"))))),
        flag("TC1", Level.CLINICIAN, Compare("age", "below", D(18))),
        flag("TC2", Level.CLINICIAN, yes("snap")),
    ),
    (
        asked("snap", group="last"),
        asked("limp"),
        asked("numb"),
        asked("bladder"),
        asked("fever"),
        asked("known", group="last"),
    ),
)
WELL = {"numb": "no", "bladder": "no", "fever": "no", "limp": "no", "snap": "no"}
ADULT = {"age": 40}


def small(answers: dict[str, Any], derived: dict[str, Any] | None = None) -> Triage:
    return screen(answers, knowledge=SMALL, on=DAY, derived=ADULT if derived is None else derived)


# ---- asking


def test_nothing_answered_asks_everything_emergencies_first():
    """Questions of emergency rows come first, then the others, each in the order of the content file."""
    assert small({}) == AskMore(questions=("limp", "numb", "bladder", "fever", "snap", "known"))


def test_a_settled_row_asks_nothing_more():
    """Without fever neither the limp nor what is known of it can matter."""
    assert small({"fever": "no", "numb": "no", "bladder": "no"}) == AskMore(questions=("snap",))


def test_not_sure_is_followed_up_once():
    """A "not sure" asks its follow-up; a second "not sure" asks nothing more and counts as level C."""
    assert small(WELL | {"snap": "unknown"}) == AskMore(questions=("snap.again",))
    referred = small(WELL | {"snap": "unknown", "snap.again": "unknown"})
    assert isinstance(referred, Refer)
    assert (referred.level, referred.unknown, fired(referred)) == (Level.CLINICIAN, ("TC2",), ())
    assert referred.reasons[0].values == {"snap": "unknown"}


@pytest.mark.parametrize(("follow_up", "kind"), [("no", Cleared), ("yes", Refer)])
def test_a_follow_up_takes_the_place_of_not_sure(follow_up, kind):
    """The second answer is the one that counts."""
    assert isinstance(small(WELL | {"snap": "unknown", "snap.again": follow_up}), kind)


def test_a_follow_up_without_a_not_sure_says_nothing():
    """Only after "not sure" is the follow-up read."""
    assert told({"snap": "no", "snap.again": "yes", "limp": None}) == {"snap": "no"}


def test_the_questions_to_put_next_come_by_group():
    """Groups and questions stand in the order of the content file, follow-ups in their question's place."""
    answers = {"fever": "yes", "limp": "no", "numb": "unknown", "bladder": "no"}
    assert opened(answers, knowledge=SMALL, derived=ADULT) == {"last": ("snap", "known"), "one": ("numb.again",)}
    assert opened(WELL, knowledge=SMALL) == {}


# ---- deciding


def test_all_clear_is_cleared_on_the_day():
    """Every row settled as no clears."""
    assert small(WELL) == Cleared(on=DAY)


def test_a_certain_emergency_is_told_before_anything_else_is_asked():
    """One yes settles TE1; all rows known to fire by then are named."""
    referred = small({"bladder": "yes"}, derived={"age": 16})
    assert isinstance(referred, Refer)
    assert (referred.level, fired(referred), referred.unknown) == (Level.EMERGENCY, ("TE1", "TC1"), ())


def test_an_urgent_row_waits_until_every_emergency_is_settled():
    """A level U or C that fires does not end the questions."""
    still = small({"fever": "yes", "known": "no"})
    assert still == AskMore(questions=("limp", "numb", "bladder", "snap"))


def test_the_highest_level_wins_and_every_row_is_named():
    """Fired rows come highest first with what they read and their sources; unknown rows come last."""
    answers = WELL | {"fever": "yes", "known": "no", "snap": "yes"}
    referred = small(answers, derived={})
    assert isinstance(referred, Refer)
    assert referred.level is Level.URGENT
    assert [why.rule for why in referred.reasons] == ["TU1", "TC2", "TC1"]
    assert (fired(referred), referred.unknown) == (("TU1", "TC2"), ("TC1",))
    assert referred.reasons[0].values == {"fever": "yes", "known": "no"}
    assert referred.reasons[0].sources == ("DC",)
    assert referred.reasons[-1].values == {"age": "unknown"}


@pytest.mark.parametrize("derived", [{}, {"age": None}, {"age": "unknown"}])
def test_a_derived_fact_nobody_knows_is_not_asked_but_never_clears(derived):
    """A missing age is no question; its row is unknown, level C."""
    referred = small(WELL, derived=derived)
    assert isinstance(referred, Refer)
    assert (referred.level, referred.unknown) == (Level.CLINICIAN, ("TC1",))


def test_an_old_answer_never_settles_a_new_screen():
    """What derived facts say of a question is not read."""
    assert small({}, derived=ADULT | WELL) == small({})
    assert isinstance(small({"bladder": "yes"}, derived=ADULT | {"bladder": "no"}), Refer)


def test_a_row_is_not_reported_beside_the_one_it_yields_to():
    """`beside` shortens the report and never the level."""
    rows = (
        flag("TU6", Level.URGENT, yes("fever"), beside=("TE4",)),
        flag("TE4", Level.EMERGENCY, All((yes("fever"), yes("limp")))),
    )
    knowledge = knowing(rows, (asked("fever"), asked("limp")))
    both = screen({"fever": "yes", "limp": "yes"}, knowledge=knowledge, on=DAY)
    alone = screen({"fever": "yes", "limp": "no"}, knowledge=knowledge, on=DAY)
    assert (fired(both), fired(alone)) == (("TE4",), ("TU6",))


def test_a_row_hidden_beside_a_lesser_one_still_gives_its_level():
    """Even where the content is wrong the level is that of the highest row that fired."""
    rows = (
        flag("TE4", Level.EMERGENCY, yes("fever"), beside=("TC9",)),
        flag("TC9", Level.CLINICIAN, yes("fever")),
    )
    referred = screen({"fever": "yes"}, knowledge=knowing(rows, (asked("fever"),)), on=DAY)
    assert isinstance(referred, Refer)
    assert referred.level is Level.EMERGENCY


@pytest.mark.parametrize(
    ("answer", "level"), [(["hip"], Level.CLINICIAN), (["unknown"], Level.CLINICIAN), ([], None), (["eye"], None)]
)
def test_several_answers_of_which_one_is_not_sure_rule_nothing_out(answer, level):
    """A list that holds "unknown" clears nothing."""
    knowledge = knowing(
        (flag("TC5", Level.CLINICIAN, OneOf("surgery", ("hip",))),), (asked("surgery", kind="several"),)
    )
    triage = screen({"surgery": answer}, knowledge=knowledge, on=DAY)
    assert (triage.level if isinstance(triage, Refer) else None) is level


def test_nothing_fired_in_what_is_not_a_referral():
    """Only a referral names rows."""
    assert fired(Cleared(on=DAY)) == fired(AskMore(questions=("a",))) == ()


# ---- before a session

MINI = knowing(
    (
        flag("TE1", Level.EMERGENCY, Any_((yes("numb"), yes("bladder"))), mini=True),
        flag("TU2", Level.URGENT, All((yes("impact"), yes("fracture"))), mini=True),
        flag("TC9", Level.CLINICIAN, yes("stiff")),
    ),
    (
        asked("numb"),
        asked("bladder"),
        asked("impact"),
        asked("stiff"),
        asked("fracture", part="history"),
        asked("mini_TE1", part="daily", group="TE1", mini=True),
        asked("mini_TU2", part="daily", group="TU2", mini=True),
    ),
)


def mini(answers: dict[str, Any], **derived: Any) -> Triage:
    return mini_screen(answers, knowledge=MINI, on=DAY, derived=derived)


def test_before_a_session_one_question_stands_for_each_row():
    """Two rows, two questions; two plain noes clear, whatever other rows there are."""
    assert mini({}) == AskMore(questions=("mini_TE1", "mini_TU2"))
    assert mini({"mini_TE1": "no"}) == AskMore(questions=("mini_TU2",))
    assert mini({"mini_TE1": "no", "mini_TU2": "no"}) == Cleared(on=DAY)


@pytest.mark.parametrize("answer", ["yes", "unknown"])
def test_a_yes_or_not_sure_opens_all_questions_of_its_row(answer):
    """First the six, then what the opened row still needs."""
    assert mini({"mini_TE1": answer}) == AskMore(questions=("mini_TU2",))
    assert mini({"mini_TE1": answer, "mini_TU2": "no"}) == AskMore(questions=("numb", "bladder"))
    assert mini({"mini_TE1": answer, "mini_TU2": "no", "numb": "no", "bladder": "no"}) == Cleared(on=DAY)


def test_an_opened_row_decides_like_the_full_screen():
    """An emergency is told at once, an unknown is level C."""
    assert fired(mini({"mini_TE1": "yes", "numb": "yes"})) == ("TE1",)
    unsure = {"mini_TE1": "yes", "mini_TU2": "no", "numb": "unknown", "numb.again": "unknown", "bladder": "no"}
    referred = mini(unsure)
    assert isinstance(referred, Refer)
    assert (referred.level, referred.unknown) == (Level.CLINICIAN, ("TE1",))


def test_history_may_come_from_earlier_and_symptoms_may_not():
    """A past fracture need not be asked again; yesterday's pain on impact is asked today."""
    answers = {"mini_TE1": "no", "mini_TU2": "yes"}
    assert mini(answers, fracture="yes", impact="no") == AskMore(questions=("impact",))
    assert fired(mini(answers | {"impact": "yes"}, fracture="yes")) == ("TU2",)
    assert mini(answers | {"impact": "yes"}, fracture="no") == Cleared(on=DAY)


def test_a_mini_row_without_its_question_is_asked_in_full():
    """Missing content makes nothing less cautious."""
    knowledge = knowing((flag("TE1", Level.EMERGENCY, yes("numb"), mini=True),), (asked("numb"),))
    assert mini_screen({}, knowledge=knowledge, on=DAY) == AskMore(questions=("numb",))


# ---- after the tests


def seen(*signs: PainSigns, worst: str | None = "3", grade: str | None = None, **more: Any) -> AfterTests:
    """What the tests of a right side add; the left side does not hurt."""
    strength = (
        (StrengthTest(side=Side.RIGHT, method="mmt", trials=(D(grade),), pain=D(0)),) if grade is not None else ()
    )
    findings = Findings(signs=signs, strength=strength)
    pains = {Side.RIGHT: None if worst is None else D(worst), Side.LEFT: D(0)}
    complaint = {side: Complaint(worst=pain) for side, pain in pains.items()}
    profile = assess(findings, knowledge=LOADED, complaint=complaint)
    assert isinstance(profile, Profile)
    return after_tests(profile, findings=findings, worst=pains, knowledge=LOADED, **more)


def signs(resisted: str, stretch: str, tender: str) -> PainSigns:
    return PainSigns(side=Side.RIGHT, resisted=Answer(resisted), stretch=Answer(stretch), tender=Answer(tender))


NONE = signs("no", "no", "no")


@pytest.mark.parametrize(
    ("given", "worst", "level", "unknown"),
    [
        ((signs("yes", "no", "unknown"),), "8", None, ()),
        ((NONE,), "0", None, ()),
        ((NONE,), "0.5", Level.SELF_CARE, ()),
        ((NONE,), "3.9", Level.SELF_CARE, ()),
        ((NONE,), "4", Level.CLINICIAN, ()),
        ((), "3.9", Level.SELF_CARE, ()),
        ((), "4", Level.CLINICIAN, ("TC14",)),
        ((signs("no", "unknown", "no"),), "4", Level.CLINICIAN, ("TC14",)),
        ((NONE,), None, Level.CLINICIAN, ("TC14",)),
        ((), None, Level.CLINICIAN, ("TC14",)),
    ],
)
def test_pain_without_any_of_the_three_signs_is_tc14(given, worst, level, unknown):
    """Worst pain 4 or more: level C, unknown where no sign was tested; below: S with caution (D09)."""
    found = seen(*given, worst=worst)
    assert [why.rule for why in found.reasons] == ([] if level is None else ["TC14"])
    assert (found.level, found.unknown) == (level or Level.SELF_CARE, unknown)
    assert found.caution is (level is Level.SELF_CARE)


def test_in_the_acute_phase_the_signs_wait():
    """TC14 is not read within 72 h of onset or with a limp (D25)."""
    assert seen(worst="6", acute=True) == AfterTests(level=Level.SELF_CARE)


@pytest.mark.parametrize(
    ("grade", "rules", "level"),
    [
        ("5", [], Level.SELF_CARE),
        ("4", [], Level.SELF_CARE),
        ("3", ["W5"], Level.CLINICIAN),
        ("2", ["TC11"], Level.CLINICIAN),
        ("0", ["TC11"], Level.CLINICIAN),
    ],
)
def test_a_low_grade_needs_a_clinician(grade, rules, level):
    """Grade 3 is W5 and grade 2 or less TC11, both level C."""
    found = seen(worst="0", grade=grade)
    assert ([why.rule for why in found.reasons], found.level, found.caution) == (rules, level, False)


def test_a_new_weakness_is_urgent():
    """TC11 is level U when it is new (D08), and comes before a TC14."""
    found = seen(worst="5", grade="2", new_weakness=Answer.YES)
    assert (found.level, [why.rule for why in found.reasons]) == (Level.URGENT, ["TC11N", "TC14"])
    assert found.unknown == ("TC14",)


def test_a_clear_screen_stays_clear_with_its_caution_or_becomes_a_referral():
    """The tests add to a screen; they never make one."""
    cleared = Cleared(on=DAY)
    caution = with_tests(cleared, found=seen(NONE))
    assert isinstance(caution, Cleared)
    assert [why.rule for why in caution.reasons] == ["TC14"]
    assert with_tests(cleared, found=seen(worst="0")) == cleared
    referred = with_tests(cleared, found=seen())
    assert isinstance(referred, Cleared)
    referred = with_tests(cleared, found=seen(worst="7"))
    assert isinstance(referred, Refer)
    assert (referred.level, referred.unknown, fired(referred)) == (Level.CLINICIAN, ("TC14",), ())
