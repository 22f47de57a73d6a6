"""Lint of what points elsewhere: every source, rule, exercise, form and word that is named must be there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from psoas.knowledge.derived import LABELS
from psoas.knowledge.schema import Exclusion, Exercise, Knowledge
from psoas.terms import BOTH, Answer, Level, Side, Stage

_CITED = re.compile(r"\[([a-z][a-z0-9]*(?:-[a-z0-9]+)*\d{4}|S\d(?::L[\d-]+)?)\](?!\()")
_SEED_LINE = re.compile(r"L\d+(-\d+)?")
_PLACES = ("exclude", "modify", "form")


def problem(file: str, *, key: str, cause: str, remedy: str) -> str:
    """One finding: "file: key: cause. remedy."."""
    return f"{file}: {key}: {cause}. {remedy}."


def file_of(exercise: str) -> str:
    """The file of an exercise."""
    return f"exercises/{exercise}.md"


def exclusions_of(exercise: Exercise) -> Iterator[tuple[str, Exclusion]]:
    """Every exclusion of an exercise and of its substitutes, with the key it stands under."""
    for place, row in enumerate(exercise.exclusions, start=1):
        yield f"exclusions[{place}]", row
    for form in exercise.substitutes:
        for place, row in enumerate(form.exclusions, start=1):
            yield f"substitutes.{form.id}.exclusions[{place}]", row


# ---- sources


def sources(knowledge: Knowledge) -> Iterator[str]:
    """Every number, rule and sentence names a source, and every source named is in the bibliography."""
    for file, key, named in _sourced(knowledge):
        if not named:
            yield problem(
                file, key=f"{key}.sources", cause="is empty", remedy='Name a source, or "DC" for a design choice'
            )
        for source in named:
            if not _resolves(source, knowledge):
                yield _no_source(file, key=f"{key}.sources", source=source)
    for file, key, text in _citing(knowledge):
        for source in _CITED.findall(text):
            if not _resolves(source, knowledge):
                yield _no_source(file, key=key, source=source)


def _no_source(file: str, *, key: str, source: str) -> str:
    cause = f'"{source}" is not in the bibliography'
    return problem(file, key=key, cause=cause, remedy="Add it to sources.toml, or name another (seed lines as S0:L49)")


def _resolves(source: str, knowledge: Knowledge) -> bool:
    name, _, line = source.partition(":")
    reference = knowledge.references.get(name)
    if reference is None:
        return False
    return not line or (reference.kind == "seed" and _SEED_LINE.fullmatch(line) is not None)


def _sourced(knowledge: Knowledge) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for constant in knowledge.constants.values():
        yield "constants.toml", constant.name, constant.sources
    for row in knowledge.red_flags.values():
        yield "screening.toml", row.id, row.sources
    for measure in knowledge.measures.values():
        yield "assessment.toml", measure.id, measure.sources
        for place, out in enumerate(measure.exclusions, start=1):
            yield "assessment.toml", f"{measure.id}.exclusions[{place}]", out.sources
    for rule in knowledge.rules.values():
        yield "rules.toml", rule.id, rule.sources
    for item in knowledge.quiz:
        yield "quiz.toml", item.id, item.sources
    for lesson in knowledge.lessons.values():
        yield "lessons", lesson.id, lesson.sources
    for name, protocol in knowledge.protocols.items():
        yield "protocols", name, protocol.sources
        for stance in protocol.stances:
            yield "protocols", f"{name}.stances", (stance.source,)
    for exercise in knowledge.exercises.values():
        yield file_of(exercise.id), "head", exercise.sources
        for key, exclusion in exclusions_of(exercise):
            yield file_of(exercise.id), key, exclusion.sources


def _citing(knowledge: Knowledge) -> Iterator[tuple[str, str, str]]:
    for exercise in knowledge.exercises.values():
        yield file_of(exercise.id), "evidence", exercise.evidence
    for lesson in knowledge.lessons.values():
        yield "lessons", lesson.id, lesson.prose


# ---- exercises and protocols


def targets(knowledge: Knowledge) -> Iterator[str]:
    """Every id that is named has its target."""
    yield from _in_the_tests(knowledge)
    for exercise in knowledge.exercises.values():
        yield from _in_an_exercise(exercise, knowledge)
    for name, protocol in knowledge.protocols.items():
        for named in (*protocol.prefers, *protocol.omits):
            if named not in knowledge.exercises:
                yield problem(
                    "protocols", key=name, cause=f'"{named}" is no exercise', remedy="Name one of the catalogue"
                )
    for row in knowledge.red_flags.values():
        for beside in row.beside:
            if beside not in knowledge.red_flags:
                cause = f'"{beside}" is no red flag'
                yield problem("screening.toml", key=f"{row.id}.beside", cause=cause, remedy="Name a row of this file")
    for item in knowledge.quiz:
        if item.key not in [option.value for option in item.options]:
            cause = f'"{item.key}" is none of its options'
            yield problem("quiz.toml", key=f"{item.id}.key", cause=cause, remedy="Name the value of one option")


def _in_the_tests(knowledge: Knowledge) -> Iterator[str]:
    for measure in knowledge.measures.values():
        for place, out in enumerate(measure.exclusions, start=1):
            if out.rule not in knowledge.rules:
                key, cause = f"{measure.id}.exclusions[{place}]", f'"{out.rule}" is no rule'
                yield problem("assessment.toml", key=key, cause=cause, remedy="Name a rule of rules.toml")


def _in_an_exercise(exercise: Exercise, knowledge: Knowledge) -> Iterator[str]:
    file = file_of(exercise.id)
    forms = {form.id for form in exercise.substitutes}
    for key, row in exclusions_of(exercise):
        if row.rule not in knowledge.rules:
            yield problem(file, key=key, cause=f'"{row.rule}" is no rule', remedy="Name a rule of rules.toml")
        if row.then not in _PLACES:
            yield problem(file, key=key, cause=f'cannot do "{row.then}"', remedy="Write one of " + ", ".join(_PLACES))
        if row.then == "form" and row.form not in forms:
            cause = f'names no exercise to do instead ("{row.form}")'
            yield problem(file, key=key, cause=cause, remedy="Name a substitute of this exercise")
    for key, stages in (("enters", exercise.enters), ("tops", exercise.tops)):
        for stage, step in stages.items():
            if stage not in list(Stage) or not 1 <= step <= len(exercise.ladder):
                cause = f"stage {stage} step {step} is not on the ladder"
                yield problem(file, key=key, cause=cause, remedy="Name a stage and one of its steps")
    if exercise.gate is not None and not 1 <= exercise.gate <= len(exercise.ladder):
        yield problem(
            file, key="gate", cause=f"step {exercise.gate} is not on the ladder", remedy="Name one of its steps"
        )


def contraindications(knowledge: Knowledge) -> Iterator[str]:
    """Every table of contraindications is used by an exercise."""
    used = {row.rule for exercise in knowledge.exercises.values() for _, row in exclusions_of(exercise)}
    for rule in knowledge.rules.values():
        if rule.table in ("C4b", "CR") and rule.id not in used:
            cause = "is a contraindication that names no exercise"
            yield problem("rules.toml", key=rule.id, cause=cause, remedy="Add it to an exercise, or remove the rule")


# ---- words


def words(knowledge: Knowledge) -> Iterator[str]:
    """Every rule has its words, and every id that is shown has its name."""
    for rule in knowledge.rules.values():
        for key in ("title", "said", "change"):
            if not getattr(rule, key).strip():
                yield problem("rules.toml", key=f"{rule.id}.{key}", cause="has no words", remedy="Write a sentence")
        if "{" in rule.said and rule.id not in knowledge.words.get("plain", {}):
            yield problem(
                _WORDS, key=f"plain.{rule.id}", cause="is missing", remedy="Write the sentence without values"
            )
    for section, keys in NEEDED.items():
        for key in keys:
            if not knowledge.words.get(section, {}).get(key):
                yield problem(_WORDS, key=f"{section}.{key}", cause="has no words", remedy="Write them")
    yield from _words_of_content(knowledge)


def _words_of_content(knowledge: Knowledge) -> Iterator[str]:
    for row in knowledge.red_flags.values():
        for key in ("title", "go", "say"):
            if not getattr(row, key).strip():
                yield problem("screening.toml", key=f"{row.id}.{key}", cause="has no words", remedy="Write a sentence")
        if row.id not in knowledge.rules:
            yield problem("rules.toml", key=row.id, cause="is missing", remedy="Add the rule of this red flag")
    for exercise in knowledge.exercises.values():
        for section, key in _named(exercise):
            if key not in knowledge.words.get(section, {}):
                cause = f'has no word for "{key}" ({file_of(exercise.id)})'
                yield problem(_WORDS, key=section, cause=cause, remedy="Add it, or correct the spelling")


_WORDS = "words/en.toml"
DECISIONS = (
    *(
        "cleared",
        "ask_more",
        "test_more",
        "no_protocol_fits",
        "session",
        "rest",
        "paused",
        "progress",
        "hold",
        "reduce",
    ),
    *("regress", "deload", "pause", "refer", "refer_E", "refer_U", "refer_C", "refer_S", "discharge"),
)
NEEDED = {
    "decision": DECISIONS,
    "level": tuple(Level),
    "go": tuple(Level),
    "say": tuple(Level),
    "stage": tuple(Stage),
    "stage_means": tuple(Stage),
    "answer": tuple(Answer),
    "side": (*Side, BOTH),
    "label": LABELS,
    "label_means": LABELS,
}


def _named(exercise: Exercise) -> Iterable[tuple[str, str]]:
    steps = (*exercise.ladder, *((exercise.settle,) if exercise.settle else ()))
    named = [("slot", str(exercise.slot)), ("category", exercise.category), ("position", exercise.position)]
    named += [("equipment", thing) for thing in exercise.equipment]
    named += [("equipment", thing) for form in exercise.substitutes for thing in form.needs]
    named += [("position", form.position) for form in exercise.substitutes]
    named += [("muscle", muscle.id) for muscle in exercise.muscles]
    named += [("role", muscle.role) for muscle in exercise.muscles]
    named += [("compensation", compensation.id) for compensation in exercise.compensations]
    named += [("effort", step.effort) for step in steps] + [("form", step.form) for step in steps]
    named += [("load", load) for load in (exercise.load, *(form.load for form in exercise.substitutes))]
    return (pair for pair in named if pair[1])
