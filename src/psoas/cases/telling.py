"""What a case tells, as the record has it."""

from __future__ import annotations

from decimal import Decimal

from psoas.cases import format as f
from psoas.cases.exercising import pains
from psoas.pathway import record as r
from psoas.terms import Answer, Side


def taken_in(person: f.Person) -> r.TakenIn:
    """The intake."""
    sides = {Side.LEFT: _complaint(person.left), Side.RIGHT: _complaint(person.right)}
    activities = tuple(r.Activity(name=doing.name, score=doing.score) for doing in person.activities)
    return r.TakenIn(sides=sides, born=person.born, activities=activities, onset=person.onset, onset_at=person.onset_at,
                     onset_kind=person.onset_kind, sex=person.sex, height_m=person.height_m, mass_kg=person.mass_kg,
                     trained=person.trained, new_to_training=person.new_to_training)  # fmt: skip


def _complaint(hip: f.Hip) -> r.Complaint:
    return r.Complaint(now=hip.now, worst=hip.worst, morning=hip.morning, stiffness=hip.stiffness)


def wished(wishes: f.Wishes) -> r.Wished:
    """Equipment, goal and preferences."""
    at_hand = wishes.equipment
    equipment = r.Equipment(things=at_hand.things, kg=at_hand.kg, cable_kg=at_hand.cable_kg, bands=at_hand.bands)
    return r.Wished(equipment=equipment, goal=wishes.goal, stretch=wishes.stretch, sessions_per_week=wishes.sessions_per_week,
                    own_choice=wishes.own_choice)  # fmt: skip


def at_hand(event: f.Wish | f.Weighing) -> r.Wished | r.BandWeighed:
    """What she has and wishes, or one of her bands on the scale."""
    if isinstance(event, f.Wish):
        return wished(event.wishes)
    one, two = (r.Weighing(length_m=length, kg=kg) for length, kg in event.readings)
    return r.BandWeighed(band=event.band, readings=(one, two), reach_m=event.reach_m)


# ---- tests


def findings_of(found: f.Found) -> r.Findings:
    """Both sides' tests; what a side does not name was not done."""
    sides = ((Side.LEFT, found.left), (Side.RIGHT, found.right))
    return r.Findings(
        length=tuple(test for side, one in sides for test in _length(side, one)),
        strength=tuple(test for side, one in sides for test in _strength(side, one)),
        holds=tuple(test for side, one in sides for test in _holds(side, one)),
        signs=tuple(_signs(side, one.signs) for side, one in sides if one.signs is not None),
    )


def _length(side: Side, one: f.SideFound) -> list[r.LengthTest]:
    if one.length is not None:
        t = one.length
        return [r.LengthTest(side=side, method=t.method, readings=t.readings, tape=t.tape, category=t.category,
                             pelvis_controlled=t.pelvis_controlled, stopped_by=t.stopped_by, knee_angle=t.knee_angle, pain=t.pain)]  # fmt: skip
    if one.angle is None:
        return []
    return [r.LengthTest(side=side, method="angle", readings=(one.angle,) * 3, pelvis_controlled=Answer.YES,
                         stopped_by=("stretch",), pain=Decimal(0))]  # fmt: skip


_TRIALS = {"belt": 4, "hand": 4, "home": 4, "reps": 1, "mmt": 1}


def _strength(side: Side, one: f.SideFound) -> list[r.StrengthTest]:
    short = {method: getattr(one, method) for method in _TRIALS}
    tests = [r.StrengthTest(side=side, method=method, trials=(value,) * _TRIALS[method], pain=Decimal(0))
             for method, value in short.items() if value is not None]  # fmt: skip
    tests += [r.StrengthTest(side=side, method=t.method, trials=t.trials, supported=t.supported, lever_m=t.lever_m, pain=t.pain)
              for t in one.strength]  # fmt: skip
    return tests


def _holds(side: Side, one: f.SideFound) -> list[r.HoldTest]:
    return [test for name, told in (("E06", one.e06), ("E07", one.e07)) for test in _hold(side, name, told)]


def _hold(side: Side, name: str, told: f.HoldShort) -> list[r.HoldTest]:
    if told is None or told == "not done":
        return []
    if isinstance(told, str):
        return [r.HoldTest(side=side, exercise=name, result=told.replace(" ", "_"), compensations=(), pain=Decimal(0))]
    return [r.HoldTest(side=side, exercise=name, result=told.result, compensations=told.compensations, every_repetition=told.every_repetition,
                       practice=told.practice, first_failed=told.first_failed, pain=told.pain)]  # fmt: skip


def _signs(side: Side, told: f.Signs) -> r.PainSigns:
    return r.PainSigns(side=side, resisted=told.resisted, stretch=told.stretch, tender=told.tender)


# ---- what is told on the way


def clearance(event: f.Cleared | f.Leave) -> r.Clearance:
    """A clinician's leave."""
    return r.Clearance(rows=event.rows, until=event.until, quoted=event.quoted, top=event.top, forbidden=event.forbidden,
                       allowed=event.allowed)  # fmt: skip


def morning(told: f.NextMorning | f.Morning, *, session: str) -> r.MorningAnswered:
    """An answer about the morning after that session."""
    return r.MorningAnswered(session=session, now=pains(told.now), settled=told.settled, limp=told.limp)


def week(event: f.Week) -> r.WeekAnswered:
    """The weekly answers."""
    impact = {} if event.impact is None else pains(event.impact)
    return r.WeekAnswered(worst=pains(event.worst), impact=impact, night_pain=event.night_pain, limp=event.limp,
                          walk30=event.walk30, snaps=event.snaps)  # fmt: skip


def check(event: f.Check) -> r.CheckAnswered:
    """The answers of a check."""
    return r.CheckAnswered(
        day=event.day, worst=pains(event.worst), scores=event.scores, change=event.change, satisfied=event.satisfied
    )


def followup(event: f.FollowUp) -> r.FollowedUp:
    """The answers after the course."""
    return r.FollowedUp(worst=pains(event.worst), scores=event.scores)


def plain(event: f.Event) -> r.Body:
    """The body of an event that is written down as it is told."""
    match event:
        case f.Wish() | f.Weighing():
            return at_hand(event)
        case f.Week():
            return week(event)
        case f.Check():
            return check(event)
        case f.FollowUp():
            return followup(event)
        case f.Form():
            return r.FormChecked(good=event.good)
        case f.Cleared():
            return clearance(event)
        case f.SeenBy():
            return r.Seen(rows=event.rows, by=event.by, on=event.on, outcome=event.outcome)
        case f.Changed():
            return r.ChangeReported(what=event.change)
        case f.Reply():
            return r.Replied(offer=event.offer, answer=event.answer)
        case f.Swap():
            return r.Swapped(exercise=event.exercise, to=event.to, side=event.side)
        case f.Adopt():
            return r.ProtocolAdopted(protocol=event.protocol)
    raise TypeError(f"a {type(event).__name__} is not written down as it is told")


def otherwise(body: r.Body, event: f.Event, *, case: f.Case) -> r.Body | None:
    """What an entry of that kind says, had the event been told like this."""
    match body, event:
        case r.MorningAnswered(), f.Morning():
            return morning(event, session=body.session)
        case r.MorningAnswered(), f.Session():
            return None if event.morning is None else morning(event.morning, session=body.session)
        case r.Tested(), f.Tests():
            return r.Tested(findings=findings_of(event.findings or case.findings or f.Found()))
        case r.TakenIn(), f.Intake():
            return taken_in(event.person or case.person)
        case r.Wished(), f.Intake():
            return body
    return plain(event)
