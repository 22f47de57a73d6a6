"""Writes a sample of every kind of entry that has none yet. A sample once written is never changed.

Run from the repository's folder: python tests/golden/entries.py
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

from psoas.pathway import decisions as d
from psoas.pathway import record as r
from psoas.storage.upcast import VERSIONS
from psoas.terms import Answer, Dose, Level, Load, Reason, Side, Stage

FOLDER = Path(__file__).parent / "entries"
DAY = dt.date(2026, 3, 2)
MOMENT = dt.datetime(2026, 3, 2, 18, 30, tzinfo=dt.timezone(dt.timedelta(hours=1)))
SESSION = "01958000-0000-7000-8000-000000000001"
HALF = Decimal("0.5")
REASON = Reason(rule="PR1", values={"pain": 2, "sessions": 3}, sources=("S1:L17", "DC"))
ITEM = d.Item(
    exercise="E06",
    side="left",
    slot=2,
    step=1,
    dose=Dose(sets=2, reps=6, hold_s=10),
    effort="easy",
    reasons=(REASON,),
)
SHOWN = d.Session(day=DAY, items=(ITEM,), reasons=(REASON,), minutes=24)
PAINS = {Side.LEFT: Decimal(2), Side.RIGHT: None}
SIDE = d.SideProfile(
    length="yes",
    weak=Answer.YES,
    inhibited=Answer.UNKNOWN,
    label="both",
    confidence="moderate",
    rows=(REASON,),
    tags=("two_joint_tight",),
    angle=Decimal("-4.5"),
    lsi=Decimal("82.5"),
    lsi_method="hand",
    surer=("strength_belt",),
)
PROFILE = d.Profile(left=SIDE, right=SIDE)
HELD = d.Held(step=2, since=MOMENT, load=Load(kind="kg", kg=Decimal("2.5")), extra_reps=1)
SIDE_PLAN = d.SidePlan(
    stage=Stage.CONTROL,
    entered=MOMENT,
    held={"E06": HELD},
    failed={"3": 1},
    away={"E01": "2026-04-01"},
    closed={"E08:3": "2026-03-20"},
    left_down={"E08:3": 1},
    reasons=(REASON,),
)
PLAN = d.Plan(
    protocol="integrated@2026-01-01",
    made=DAY,
    profile=PROFILE,
    left=SIDE_PLAN,
    right=SIDE_PLAN,
    reasons=(REASON,),
    frequency={"3": 2},
    deload=(DAY, DAY),
    deloads=(DAY,),
    held_until=DAY,
    held_for=("TC2",),
    settled_checks=(14,),
)
CHANGES = (
    d.StageTo(side=Side.LEFT, stage=Stage.LOAD, trial=True),
    d.StepTo(exercise="E08", side="left", step=2, was=1, load=Load(kind="band", band=2), jump=Decimal("12.5")),
    d.CutNext(exercise="E08", side="left"),
    d.Leaves(exercise="E01", side="both", until="runs:E08"),
    d.Joins(exercise="E10", side="right"),
    d.Closes(exercise="E08", side="left", step=3, until=DAY),
    d.TrialSeen(side=Side.LEFT, stage=Stage.LOAD, passed=False),
    d.DeloadWeek(first=DAY, last=DAY),
    d.FrequencyFrom(week=3, sessions=2),
    d.Relabelled(profile=PROFILE),
    d.CheckSettled(day=14),
    d.HeldUntil(until=DAY, rows=("TC2",)),
    d.Stops(level=Level.URGENT, rows=("U1",)),
    d.Lifted(rows=("U1",)),
    d.RunningOut(out=True),
    d.TopTo(stage=Stage.LOAD, restricted=True),
    d.ModeTo(mode="maintenance"),
)
SET = r.SetDone(
    session=SESSION,
    item=0,
    number=1,
    did="all",
    pain=PAINS,
    compensations=(),
    signs=None,
    effort=Decimal(6),
    reps=6,
    load=Load(kind="kg", kg=Decimal("2.5")),
)

SAMPLES: tuple[r.Body, ...] = (
    r.EpisodeOpened(protocol="integrated@2026-01-01"),
    r.Screened(answers={"fever": "no", "walk_30": "unknown"}, level=Level.CLINICIAN, fired=("TC2",), unknown=("TC5",)),
    r.TakenIn(
        sides={Side.LEFT: r.Complaint(now=Decimal(2), worst=Decimal("4.5"), morning=Decimal(1), stiffness=None)},
        born="1984-07",
        activities=(r.Activity(name="climbing stairs", score=Decimal(6)),),
        onset=DAY,
        onset_at=MOMENT,
        onset_kind="gradual",
        sex="f",
        height_m=Decimal("1.68"),
        mass_kg=Decimal("61.5"),
        trained=Answer.NO,
    ),
    r.Wished(
        equipment=r.Equipment(things=("wall", "chair"), kg=(Decimal("2.5"),), cable_kg=(Decimal(5),), bands=3),
        goal="run",
        stretch="no",
        sessions_per_week=2,
        days=(0, 3),
        own_choice=("E14",),
    ),
    r.BandWeighed(
        band=2,
        readings=(
            r.Weighing(length_m=Decimal("0.6"), kg=Decimal("1.5")),
            r.Weighing(length_m=Decimal(1), kg=Decimal(6)),
        ),
        reach_m=Decimal("0.85"),
    ),
    r.Tested(
        findings=r.Findings(
            length=(
                r.LengthTest(
                    side=Side.LEFT, method="angle", readings=(Decimal("-4.5"), Decimal(-5)), stopped_by=("stretch",)
                ),
                r.LengthTest(side=Side.RIGHT, method="tape", tape=((HALF, HALF, Decimal("0.42")),), pain=Decimal(1)),
            ),
            strength=(r.StrengthTest(side=Side.LEFT, method="belt", trials=(Decimal(180),), lever_m=Decimal("0.41")),),
            holds=(r.HoldTest(side=Side.LEFT, exercise="E06", result="fail", compensations=("back_arch",)),),
            signs=(r.PainSigns(side=Side.LEFT, resisted=Answer.YES),),
        )
    ),
    r.Planned(plan=PLAN),
    r.DayAnswered(
        now=PAINS,
        limp=Answer.NO,
        answers={"fever": "no"},
        fired=("TC2",),
        recovered=Answer.YES,
        news=(),
        for_session=True,
    ),
    SET,
    r.SessionBegun(session=SESSION, shown=SHOWN, before=PAINS, stressors=("poor_sleep",), recovered=Answer.YES),
    r.ItemSkipped(session=SESSION, item=0, why="pain"),
    r.summed_up(
        session=SESSION,
        began=MOMENT,
        ended=MOMENT,
        shown=SHOWN,
        before=PAINS,
        sets=(SET,),
        skips=(r.Skip(item=0, why="time"),),
        after=PAINS,
        effort=Decimal(5),
        limp=Answer.NO,
        ended_by="person",
    ),
    r.MorningAnswered(session=SESSION, now=PAINS, settled=Answer.UNKNOWN),
    r.WeekAnswered(worst=PAINS, stiffness=PAINS, impact=PAINS, walk30=Decimal(3), snaps={Side.LEFT: Answer.YES}),
    r.CheckAnswered(day=14, worst=PAINS, scores=(Decimal(7), None), change="a_little_better", satisfied=Answer.NO),
    r.FollowedUp(worst=PAINS, scores=(Decimal(7), None)),
    r.FormChecked(good=Answer.YES),
    r.Clearance(rows=("TC2",), until=DAY, quoted=True, top=Stage.LOAD, forbidden=("E09",), allowed=("E06",)),
    r.Seen(rows=("U1",), by="doctor", on=DAY, outcome="cleared"),
    r.ChangeReported(what="fall"),
    r.Replied(offer="DL0", answer=Answer.YES),
    r.Decided(
        decision=d.Progress(reasons=(REASON,), changes=CHANGES, moment="session"),
        protocol="integrated@2026-01-01",
        saw=12,
    ),
    r.Overridden(changes=CHANGES[:1], why="seen in clinic"),
    r.Swapped(exercise="E09", to="E10", side="left"),
    r.ProtocolAdopted(protocol="relief@2026-01-01"),
    r.Corrected(replaces=SESSION, why="mistyped", by=SET),
)


def main() -> None:
    """Write what is missing."""
    for body in SAMPLES:
        kind = r.kind_of(body)
        path = FOLDER / f"{kind}-v{VERSIONS[kind]}.json"
        if not path.exists():
            path.write_bytes(r.encode_body(body) + b"\n")


if __name__ == "__main__":
    main()
