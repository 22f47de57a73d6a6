"""The three replays on records that one can read (house.md section 3; C-P, D64)."""

from __future__ import annotations

from msgspec.structs import replace

from people import KNOWLEDGE, ZONE, D, Life, Turn, live
from psoas.pathway import record as r
from psoas.pathway.decisions import Hold, Progress, Reduce
from psoas.pathway.replay import audit, hindsight, would_change
from psoas.terms import Level
from situations import diary_of, entry_of

DIARY = diary_of(Life(days=7))
SORE = diary_of(Life(days=7, turns=((1, Turn(over=D("1.5"))),)))


def fixed(diary, wrong, by):
    """That entry said otherwise, as the newest entry of the record."""
    seq = diary.course.count + 1
    return entry_of(r.Corrected(replaces=wrong.id, by=by, why="mistyped"), at=diary.now, seq=seq)


def mornings(diary):
    """Her answers about mornings, in order."""
    return [entry for entry in diary.whole if isinstance(entry.body, r.MorningAnswered)]


def made(differences):
    """What was recorded, and what comes out now, by kind."""
    return [(type(each.entry.body.decision), None if each.now is None else type(each.now)) for each in differences]


# ---- audit


def test_a_record_as_it_was_written_withstands_the_audit():
    """Every decision and every screen comes out again."""
    assert audit(DIARY.whole, knowledge=KNOWLEDGE) == []
    assert audit(SORE.whole, knowledge=KNOWLEDGE) == []


def test_a_decision_that_was_changed_by_hand_is_found():
    """Somebody wrote more progress into the record than was earned."""
    entry = next(e for e in DIARY.whole if isinstance(e.body, r.Decided) and isinstance(e.body.decision, Progress))
    (rise, *_) = entry.body.decision.changes
    more = replace(entry.body.decision, changes=(replace(rise, step=rise.step + 2),))
    forged = [replace(e, body=replace(e.body, decision=more)) if e is entry else e for e in DIARY.whole]
    assert [each.entry.id for each in audit(forged, knowledge=KNOWLEDGE)][:1] == [entry.id]


def test_a_decision_for_which_nothing_calls_is_found():
    """Nothing was due when it was written."""
    planned = next(n for n, e in enumerate(DIARY.whole) if isinstance(e.body, r.Planned))
    held = r.Decided(decision=Hold(reasons=(), about="nothing"), protocol="integrated@2026-11-01", saw=1)
    extra = entry_of(held, at=DIARY.whole[planned].at, seq=DIARY.whole[planned].seq)
    found = audit([*DIARY.whole[: planned + 1], extra], knowledge=KNOWLEDGE)
    assert [(each.entry.id, each.now) for each in found] == [(extra.id, None)]


def test_a_screen_whose_outcome_does_not_follow_from_its_answers_is_found():
    """Another level than the answers come to; and answers that leave a question open come to nothing at all."""
    screen = next(e for e in DIARY.whole if isinstance(e.body, r.Screened))
    forged = replace(screen, body=replace(screen.body, level=Level.URGENT, fired=("TU2",)))
    (found,) = audit([forged if e is screen else e for e in DIARY.whole[: screen.seq]], knowledge=KNOWLEDGE)
    assert (found.now.level, found.now.fired) == (Level.SELF_CARE, ())
    answers = {asked: said for asked, said in screen.body.answers.items() if asked != "saddle_numb"}
    open_one = replace(screen, body=replace(screen.body, answers=answers))
    (found,) = audit([open_one if e is screen else e for e in DIARY.whole[: screen.seq]], knowledge=KNOWLEDGE)
    assert found.now is None


def test_what_if_is_the_same_walk_with_another_number():
    """Had one clean session been enough, the first decision would have been to go up."""
    name = "clean_sessions_to_progress"
    fewer = {**KNOWLEDGE.constants, name: replace(KNOWLEDGE.constants[name], value=D(1))}
    other = replace(KNOWLEDGE, constants=fewer)
    assert (other[name], KNOWLEDGE[name]) == (1, 3)
    found = audit(DIARY.whole, knowledge=other)
    assert made(found)[0] == (Hold, Progress)


# ---- hindsight


def test_without_a_correction_hindsight_has_nothing_to_say():
    """Nothing was said otherwise."""
    assert hindsight(DIARY.whole, knowledge=KNOWLEDGE) == []


def test_hindsight_names_the_decisions_that_a_correction_takes_the_ground_from():
    """A sore morning that was mistyped: the lighter session was not called for; it is named, and nothing is changed."""
    wrong = mornings(SORE)[1]
    right = replace(wrong.body, now={side: D(0) for side in wrong.body.now})
    correction = fixed(SORE, wrong, right)
    found = hindsight([*SORE.whole, correction], knowledge=KNOWLEDGE)
    assert made(found)[0] == (Reduce, Hold)
    assert would_change(SORE.whole, correction, knowledge=KNOWLEDGE) == found


def test_what_an_earlier_correction_has_already_changed_is_not_told_again():
    """The same thing corrected once more to the same: no further decision loses its ground."""
    wrong = mornings(SORE)[1]
    right = replace(wrong.body, now={side: D(0) for side in wrong.body.now})
    corrected = [*SORE.whole, fixed(SORE, wrong, right)]
    again = replace(corrected[-1], id="again", seq=corrected[-1].seq + 1)
    assert would_change(corrected, again, knowledge=KNOWLEDGE) == []


def test_after_a_correction_the_audit_reads_on_from_the_corrected_record():
    """The step back that the correction led to comes out again only because the correction is read in."""
    diary = live(Life(days=7))
    wrong = mornings(diary)[1]
    red = replace(wrong.body, now={side: D(6) for side in wrong.body.now})
    said = r.Corrected(replaces=wrong.id, by=red, why="mistyped")
    diary.clinic.write(diary.episode, said, now=diary.looks[-1].now, zone=ZONE)
    record = diary.clinic.record(diary.episode)
    assert [e.body.decision.moment for e in record if isinstance(e.body, r.Decided)][-1] == "correction"
    assert audit(record, knowledge=KNOWLEDGE) == []
