"""What the player is given for a session: every item with its words, pictures and pace, as plain values."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec
from django.urls import reverse

from psoas.knowledge.movements import movement_of
from psoas.knowledge.schema import Exercise, Knowledge, Turn
from psoas.pathway.decisions import Item
from psoas.pathway.standing import step_of
from psoas.web import instead, prescribed, telling
from psoas.web.forms.course import SIGNS, SKIPS, compensation_choices
from psoas.web.sitting import Sitting
from psoas.web.wording import dose_words

LONGEST_HOLD = 120  # seconds; from here on it is a walk or a rest, and moves as it always does
WEAKENS = (("TE11", "leg_weak_worse"),)  # asked in a session beside the six rows of the mini-screen
BESIDES = (("fall", "Have you had a fall or an accident just now?"), ("other", "Something else that worries you?"))


def guidance(sitting: Sitting) -> dict[str, Any]:
    """Everything the player needs for this session, with or without a connection."""
    return {
        "session": sitting.session,
        "owner": tag_of(sitting.visit.account.key),
        "day": sitting.sat.day.isoformat(),
        "items": [_item(sitting, line) for line in sitting.lines],
        "signs": [{"id": key, "words": words} for key, words in SIGNS],
        "skips": [{"id": key, "words": words} for key, words in SKIPS],
        "alarms": alarms(sitting.knowledge),
        "easy": int(sitting.knowledge["pain_green_max"]),
    }


def alarms(knowledge: Knowledge) -> list[dict[str, str]]:
    """The warning signs as she is asked about them, each with where to go and what to say there; at the end a fall."""
    asked = [question for question in knowledge.questions.values() if question.mini]
    signs = [(knowledge.red_flags[question.group], question.ask) for question in asked]
    signs += [(knowledge.red_flags[row], knowledge.questions[fact].ask) for row, fact in WEAKENS]
    rows = [(flag.id, flag.level.value, ask, flag.go, flag.say) for flag, ask in signs]
    go, say = knowledge.words["go"]["C"], knowledge.words["say"]["C"]
    rows += [(key, "C", ask, go, say) for key, ask in BESIDES]
    return [dict(zip(("id", "level", "title", "go", "say"), row, strict=True)) for row in rows]


def instead_of(sitting: Sitting) -> dict[int, list[dict[str, Any]]]:
    """By place, what may stand in there: its name, and the items as the player takes them."""
    lines = {place: list(instead.offered(sitting, place)) for place in range(len(sitting.items))}
    return {place: [_other(sitting, other) for other in others] for place, others in lines.items() if others}


def _other(sitting: Sitting, other: instead.Other) -> dict[str, Any]:
    course, knowledge = sitting.visit.course, sitting.knowledge
    lines = [
        prescribed.line(item, place=at, course=course, knowledge=knowledge) for at, item in other.swap.shown.items()
    ]
    return {"to": other.swap.to, "words": other.name, "items": [_item(sitting, line) for line in lines]}


def has_done(sitting: Sitting, item: Item) -> bool:
    """Whether a set of this exercise in this form stands in an earlier session."""
    works = (work for sat in reversed(sitting.visit.course.sats) for work in sat.works.values())
    return any(work.sets and (work.item.exercise, work.item.form) == (item.exercise, item.form) for work in works)


def first_picture(given: dict[str, Any]) -> str:
    """The picture that is seen first, so that a browser can fetch it before the script asks for it."""
    for item in given["items"]:
        if not item["skipped"] and item["done"] < item["dose"]["sets"]:
            return next((picture["moving"] for picture in item["pictures"].values()), "")
    return ""


def tag_of(account: str) -> str:
    """A mark that tells two people on one device apart and says nothing about either.

    >>> len(tag_of("somebody")), tag_of("somebody") == tag_of("another")
    (16, False)
    """
    return hashlib.sha256(f"device:{account}".encode()).hexdigest()[:16]


def _item(sitting: Sitting, line: prescribed.Line) -> dict[str, Any]:
    item = line.item
    exercise = sitting.knowledge.exercises[item.exercise]
    loads = prescribed.loads_for(item, course=sitting.visit.course, knowledge=sitting.knowledge)
    return {
        "place": line.place,
        "name": line.name,
        "form": item.form or item.exercise,
        "side": item.side if item.slot > 1 else "",
        "sides": [side.value for side in telling.item_sides(item)],
        "slot": line.slot,
        "warm": item.slot == 1,
        "trial": item.trial,
        "find": item.find,
        "limit": int(sitting.red_above(item)),
        "dose": msgspec.to_builtins(item.dose),
        "says": line.dose,
        "load": line.load,
        "loads": [{"id": key, "words": words} for key, words in loads],
        "holds": telling.load_key(item.load),
        "effort": line.effort,
        "tempo": list(item.tempo),
        "rest": item.rest_s,
        "steps": line.steps,
        "cues": line.cues,
        "seen": _seen(exercise),
        "parts": exercise.parts,
        "verbs": exercise.verbs,
        "steady": "Walk" if item.form.endswith("-walk") else "Hold",
        "turns": [msgspec.to_builtins(turn) for turn in _turns(item, exercise)],
        "below": _below(item, exercise),
        "pictures": {
            side: picture for side in _seen_sides(item, exercise) if (picture := _picture(item, exercise, side))
        },
        "href": f"/exercises/{line.exercise}/",
        "first": not has_done(sitting, item),
        "done": len(sitting.done.get(line.place, ())),
        "skipped": line.place in sitting.skipped,
    }


def _seen(exercise: Exercise) -> list[dict[str, str]]:
    """How this exercise is commonly cheated; nothing where no list is known."""
    choices = compensation_choices(exercise) if exercise.compensations else []
    return [{"id": key, "words": words} for key, words in choices]


def _turns(item: Item, exercise: Exercise) -> tuple[Turn, ...]:
    """One leg after the other, where a warm-up asks for it; a walk has no sides."""
    return () if item.form.endswith("-walk") else exercise.turns


def _seen_sides(item: Item, exercise: Exercise) -> list[str]:
    """The sides that are shown working: its own, each leg in turn, or the right one for both."""
    turns = [turn.side for turn in _turns(item, exercise)]
    return list(dict.fromkeys(turns)) or [item.side if item.side == "left" else "right"]


def _below(item: Item, exercise: Exercise) -> dict[str, Any] | None:
    """The step below, to go on with when the prescribed one hurts; nothing below the first, and none for a trial."""
    if item.slot == 1 or item.trial or item.cut or item.step <= 1:
        return None
    lower, here = step_of(exercise, item.step - 1), step_of(exercise, item.step)
    if lower.form != here.form:  # another position, which is learnt from its page and not in the middle of a set
        return None
    dose = msgspec.structs.replace(lower.dose, sets=item.dose.sets)
    return {"dose": msgspec.to_builtins(dose), "says": dose_words(lower.dose)} if dose != item.dose else None


def _picture(item: Item, exercise: Exercise, side: str) -> dict[str, str] | None:
    """Where the pictures of this item are, and what they show; nothing where none is drawn: the text stands alone."""
    name = item.form or exercise.drawn.get(step_of(exercise, item.step).form, item.exercise)
    movement = movement_of(name)
    if movement is None:
        return None
    still = reverse("picture", args=[name, movement.keyframe[0].name, side])
    hold = f"?hold={item.dose.hold_s}" if 0 < item.dose.hold_s < LONGEST_HOLD else ""
    moving = reverse("moving_picture", args=[name, side]) + hold
    return {"still": still, "moving": moving, "words": movement.summary}
