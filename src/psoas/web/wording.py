"""Doses and steps in a few words, and the content's own words for the ids that it uses."""

from __future__ import annotations

from psoas.knowledge import prose
from psoas.knowledge.schema import Exercise, Step
from psoas.terms import Dose, Stage
from psoas.web.desk import knowledge

SHELVES = {
    "Warm-up": ("warm_up",),
    "Waking up, and control": ("activation", "control"),
    "Strength": ("loading",),
    "Trunk, buttocks and back of the thigh": ("trunk_control", "posterior_chain"),
    "Length and ease": ("active_end_range", "passive_static", "release"),
    "Walking and running": ("integration",),
}
# In which sections of the content's words an id is looked for, one after the other.
SECTIONS = ("muscle", "equipment", "position", "category", "level", "form", "effort", "role")


def plain(name: str) -> str:
    """An id in the words of the content; where it has none, the id itself.

    >>> plain("low_anchor"), plain("not_known_there")
    ('something low and firm to tie a band to', 'not known there')
    """
    known = knowledge().words
    return next((known[section][name] for section in SECTIONS if name in known[section]), name.replace("_", " "))


def stage_words(stage: Stage) -> str:
    """A stage by number and name.

    >>> stage_words(Stage.LOAD)
    'Stage 3, Load'
    """
    return f"Stage {stage.value}, {knowledge().words['stage'][stage.value]}"


def dose_words(dose: Dose) -> str:
    """A dose in words.

    >>> dose_words(Dose(sets=2, reps=6, hold_s=10)), dose_words(Dose(sets=1, hold_s=30))
    ('2 sets of 6 holds of 10 s', '1 set of 30 s')
    >>> dose_words(Dose(sets=3, metres=20)), dose_words(Dose(sets=3, reps=12))
    ('3 sets of 20 m', '3 sets of 12')
    """
    sets = f"{dose.sets} set{'' if dose.sets == 1 else 's'} of "
    if dose.metres:
        return f"{sets}{dose.metres} m"
    if not dose.hold_s:
        return f"{sets}{dose.reps}"
    return f"{sets}{dose.hold_s} s" if dose.reps == 1 else f"{sets}{dose.reps} holds of {dose.hold_s} s"


def step_words(step: Step) -> str:
    """One line of a ladder: dose, form, load and effort.

    >>> step_words(Step(dose=Dose(sets=2, reps=15), rm=15))
    '2 sets of 15, with a load you could just lift 15 times'
    """
    parts = [dose_words(step.dose)]
    if step.form:
        parts.append(plain(step.form))
    if step.rm:
        parts.append(f"with a load you could just lift {step.rm} times")
    if step.effort:
        parts.append(plain(step.effort))
    return ", ".join(parts)


def set_up(exercise: Exercise) -> str:
    """How one gets into position, before the first step; empty where nothing is said of it."""
    return " ".join(prose.sections(exercise.prose).get(prose.SET_UP, "").split())
