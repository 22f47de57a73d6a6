"""The items of a session: from what a side is given to sets, repetitions, holds, loads and their order (C-D, X65)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from psoas.knowledge.schema import Exercise
from psoas.pathway.admission import Admitted, admit, loads_at_hand
from psoas.pathway.counting import Reading
from psoas.pathway.decisions import Held, Item, Plan, SidePlan
from psoas.pathway.selection import SLOT_ORDER, WARM_UP, Chosen, main_exercise, select
from psoas.pathway.sides import side_order
from psoas.pathway.standing import bilateral, cut_dose, dose_of, light_dose, lightest, sought, standing, step_of
from psoas.terms import BOTH, SIDES, Dose, Load, Reason, Side, Stage


def items_for(reading: Reading) -> tuple[Item, ...]:
    """Today's items in the order they are done: warm-up, trial, then slot by slot, worse side first."""
    return Prescription(reading).items


def sore_today(reading: Reading, side: Side) -> bool:
    """Pain of 4 or more now, or asked today and not known (D12, D06)."""
    pain = reading.pain_now(side)
    asked = any(answered.day == reading.today for answered in reading.course.days)
    return asked if pain is None else pain >= reading.knowledge["settle_pain"]


class _Line(Struct, frozen=True):
    place: tuple[int, ...]
    item: Item


class Prescription:
    """One session being written."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.course = reading.course
        self.knowledge = reading.knowledge
        self.plan = self._for_today()
        self.selections = select(
            reading.course, plan=self.plan, knowledge=reading.knowledge, now=reading.now, person=reading.person
        )

    def _for_today(self) -> Plan:
        """The plan in force; a side with pain of 4 to 5 today has the exercises of Stage 0, and no trial (D12).

        So has a side whose pain she was asked and could not tell: it may be as much (D06).
        """
        left, right = (self._side_today(side) for side in SIDES)
        return replace(self.reading.plan, left=left, right=right)

    def _side_today(self, side: Side) -> SidePlan:
        here = self.reading.side(side)
        return replace(here, stage=Stage.SETTLE, trial=False) if sore_today(self.reading, side) else here

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Everything, in order."""
        main = [line.item for line in sorted(self._lines(), key=lambda line: line.place)]
        return (*self._warm_up(), *self._trials(), *_release_then_activate(main))

    def _lines(self) -> Iterator[_Line]:
        seen: set[str] = set()
        order = side_order(self.course, self.plan)
        for side in order:
            for number, chosen in enumerate(self._given(side)):
                item = self._item(chosen)
                if item.side == BOTH and chosen.exercise in seen:
                    continue
                if item.side == BOTH:
                    seen.add(chosen.exercise)
                yield _Line(self._place(item, number, order.index(side)), item)

    def _place(self, item: Item, number: int, side: int) -> tuple[int, ...]:
        """Slot first; inside it exercise by exercise, both sides of each; the stretch slot runs side by side (D28)."""
        main = self._main_of(item)
        if main is not None:
            return (SLOT_ORDER.index(4), self._rank(main), 2 * side - 1)
        slot = SLOT_ORDER.index(7 if item.exercise == "E01" else item.slot)
        if item.slot == 7:
            return (slot, side, number)
        return (slot, self._rank(item.exercise), 2 * side)

    def _main_of(self, item: Item) -> str | None:
        """The main exercise that a stretch comes straight before, where its side does no E17 (D28)."""
        if item.exercise != "E01" or self.selections[Side(item.side)].has("E17"):
            return None
        return next(c.exercise for c in self.selections[Side(item.side)].chosen if c.slot == 4)

    def _rank(self, exercise: str) -> int:
        return self._everything.index(exercise)

    @cached_property
    def _everything(self) -> list[str]:
        return [chosen.exercise for side in SIDES for chosen in self.selections[side].chosen]

    def _given(self, side: Side) -> Iterator[Chosen]:
        """What this side gets today: E06 in Stage 0 only with pain of 2 or less (D-S), drills on two days (D52)."""
        pain = self.reading.pain_now(side)
        cut = bool(self.plan.on(side).cut)
        for chosen in self.selections[side].chosen:
            exercise = self.reading.exercise(chosen.exercise)
            if (
                chosen.exercise == "E06"
                and self._settling(side)
                and (pain is None or pain > self.knowledge["pain_green_max"])
            ):
                continue
            if chosen.exercise == "E01" and cut:
                continue
            if chosen.exercise == "E13" and not self._drill_day():
                continue
            if self._is_the_lower_sides(exercise, side):
                yield chosen

    def _settling(self, side: Side) -> bool:
        return self.plan.on(side).stage is Stage.SETTLE

    def _is_the_lower_sides(self, exercise: Exercise, side: Side) -> bool:
        """A bilateral exercise is read at the lower stage (D23): the higher side adds nothing of its own."""
        here, there = self.plan.on(side).stage, self.plan.on(side.other).stage
        if here <= there:
            return True
        mine, others = (standing(self.plan, side=of, exercise=exercise) for of in (side, side.other))
        return not (bilateral(exercise, mine.step) or bilateral(exercise, others.step))

    def _drill_day(self) -> bool:
        """Sprint drills in the first two sessions of a plan week (D52)."""
        calendar, today = self.reading.calendar, self.reading.today
        this_week = [s for s in self.course.sats if calendar.week_of(s.day) == calendar.week_of(today)]
        return len(this_week) < self.knowledge["sprint_sessions_per_week"]

    # ---- one item

    def _item(self, chosen: Chosen) -> Item:
        exercise = self.reading.exercise(chosen.exercise)
        held = standing(self.plan, side=chosen.side, exercise=exercise)
        loads = self._loads(exercise, chosen)
        item = Item(
            exercise=exercise.id,
            side=BOTH if bilateral(exercise, held.step) else chosen.side.value,
            slot=chosen.slot,
            step=held.step,
            dose=dose_of(exercise, held),
            load=self._load(held, loads),
            form=chosen.form,
            effort=self._effort(exercise, held, chosen.side),
            tempo=exercise.tempo,
            rest_s=self._rest(chosen.side),
            find=sought(held, loads),
            reasons=chosen.reasons,
        )
        return self._eased(item, exercise, chosen.side, loads)

    def _loads(self, exercise: Exercise, chosen: Chosen) -> tuple[Load, ...]:
        return loads_at_hand(chosen.load, equipment=self.course.wish.equipment, cable=self._by_cable(exercise, chosen))

    def _by_cable(self, exercise: Exercise, chosen: Chosen) -> bool:
        return not chosen.form and "cable" in exercise.equipment

    def _load(self, held: Held, loads: tuple[Load, ...]) -> Load:
        """The load held, where it is still at hand in this form; else upward from the lightest (D47)."""
        return held.load if held.load in loads else lightest(loads)

    def _eased(self, item: Item, exercise: Exercise, side: Side, loads: tuple[Load, ...]) -> Item:
        """Smaller where the day or the plan asks for it: Stage 0, a cut (D55), a deload week (D62), maintenance (D73)."""
        if self._settling(side) and exercise.settle is not None:
            return replace(item, dose=exercise.settle.dose, effort=exercise.settle.effort)
        if exercise.id == "E01" and any(s.has("E13") for s in self.selections.values()) and self._drill_day():
            return replace(item, dose=self._before_drills(item.dose), reasons=(*item.reasons, Reason("CL7")))
        if exercise.id in self.plan.on(side).cut:
            dose, load = cut_dose(item.dose, load=item.load, exercise=exercise, knowledge=self.knowledge, loads=loads)
            return replace(item, dose=dose, load=load, cut=True, reasons=(*item.reasons, Reason("RG1")))
        if self.reading.calendar.in_deload(self.reading.today):
            return replace(item, dose=light_dose(item.dose))
        if self.plan.mode == "maintenance":
            return replace(item, dose=self._upkeep(item.dose))
        return item

    def _before_drills(self, dose: Dose) -> Dose:
        """On a day with sprint drills each side is stretched for less than 120 s (CL7)."""
        cap = int(self.knowledge["stretch_pre_power_cap_s"])
        return replace(dose, sets=min(dose.sets, (cap - 1) // dose.hold_s))

    def _upkeep(self, dose: Dose) -> Dose:
        """Two sets, and up to three from 65 on (MA1)."""
        old = self.reading.calendar.is_older(self.reading.today)
        most = self.knowledge["maintenance_sets_older" if old else "maintenance_sets"]
        return replace(dose, sets=min(dose.sets, int(most)))

    def _effort(self, exercise: Exercise, held: Held, side: Side) -> str:
        if exercise.id == "E15" and len(self.course.sats) < 2:
            return "half"
        if step_of(exercise, held.step).effort:
            return step_of(exercise, held.step).effort
        if self.plan.on(side).stage >= Stage.LOAD and exercise.weight > 0:
            return "reserve" if exercise.load != "none" else "firm"
        return "easy"

    def _rest(self, side: Side) -> int:
        late = self.plan.on(side).stage >= Stage.LOAD
        return int(self.knowledge["rest_late_s" if late else "rest_early_s"])

    # ---- before the main part

    def _warm_up(self) -> Iterator[Item]:
        walked = False
        for name in WARM_UP:
            exercise = self.reading.exercise(name)
            admitted = admit(exercise, facts=self.reading.person, wish=self.course.wish)
            form = admitted.form if isinstance(admitted, Admitted) else f"{name}-walk"
            if form.endswith("-walk"):
                if walked:
                    continue
                walked = True
            yield Item(exercise=name, side=BOTH, slot=1, step=1, dose=_warm_dose(exercise, form), form=form,
                       tempo=exercise.tempo, rest_s=0, reasons=(Reason("D27"),))  # fmt: skip

    def _trials(self) -> Iterator[Item]:
        """One set of the first main exercise of a stage just entered, per side (D24)."""
        tried: set[str] = set()
        for side in side_order(self.course, self.plan):
            name = main_exercise(self.selections[side])
            if self.plan.on(side).trial and name is not None and name not in tried:
                chosen = next(c for c in self.selections[side].chosen if c.exercise == name)
                item = self._item(chosen)
                tried |= {name} if item.side == BOTH else set()
                yield replace(item, dose=replace(item.dose, sets=1), trial=True, cut=False, reasons=(Reason("D24"),))


def _warm_dose(exercise: Exercise, form: str) -> Dose:
    return Dose(sets=1, reps=1, hold_s=300) if form.endswith("-walk") else exercise.ladder[0].dose


def _release_then_activate(items: list[Item]) -> tuple[Item, ...]:
    """After a release, the same side is activated at once (C4a, S2): each release moves before its side's first item."""
    waiting = [item for item in items if item.slot == 2]
    ordered: list[Item] = []
    for item in (item for item in items if item.slot != 2):
        due = [release for release in waiting if item.slot in (3, 4) and item.side in (release.side, BOTH)]
        waiting = [release for release in waiting if release not in due]
        ordered += [*due, item]
    return tuple(ordered)
