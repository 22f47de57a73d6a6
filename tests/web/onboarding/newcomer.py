"""Somebody new at her browser, which knows no scripts: short ways through the pages from the first question to a plan."""

from __future__ import annotations

import datetime as dt
import re

DAY = dt.datetime(2026, 3, 2, 18, 0, tzinfo=dt.UTC)
OWN = {"position_eases": "yes", "rest_eases": "yes", "assessed": "yes"}
ABOUT = {"born_month": "05", "born_year": "1988", "trained": "no", "new_to_training": "no", "height": "170"}


class Person:
    """A browser that fills in forms."""

    def __init__(self, client, owner):
        self.client, self.owner = client, owner

    def see(self, path):
        return self.client.get(path, follow=True)

    def send(self, path, **data):
        """Where a page leads to once it is sent; the page itself when it comes back."""
        response = self.client.post(path, data, follow=True)
        return response.redirect_chain[-1][0] if response.redirect_chain else words(response)

    def fields(self, path):
        return set(re.findall(r'name="([\w.]+)"', self.see(path).content.decode()))

    def screen(self, **answers):
        """Through the safety screen by "none of these", with these answers; where it ends."""
        if answers == {} and self.walked and not self.drafted():
            self.begin("screen", self.walked)
            return self.see("/screen/").redirect_chain[-1][0]
        path = self.see("/screen/").redirect_chain[-1][0]
        while path.startswith("/screen/") and not re.search("result|review", path):
            path = self.send(path, go="none", **(OWN | answers))
        if answers == {} and self.drafted():
            Person.walked = {name: values for name, values in self.drafted().items() if name != "_begun"}
        return path

    walked = None  # what a browser had typed at the end of a screen without a yes: walked once, then begun with

    def drafted(self):
        from psoas.web import drafts  # noqa: PLC0415 (Django must be set up)

        return drafts.kept(self.owner, form="screen").typed

    def begin(self, form, typed):
        from psoas.web import clock, drafts  # noqa: PLC0415

        begun = {"_begun": [clock.now(self.owner).isoformat()]}
        drafts.begin(self.owner, form=form, typed=begun | typed)

    def begin_old_screen(self, when):
        self.begin("screen", {"limp": ["no"], "_begun": [when.isoformat()]})

    def intake(self, *, hurts="right", worst="3", now="1", kind="gradual", onset="2026-01-10", **about):
        self.send("/intake/where/", hurts=hurts)
        sides = {"right": ("right",), "left": ("left",), "both": ("left", "right"), "none": ()}[hurts]
        pains = {
            f"{s}_{what}": value for s in sides for what, value in (("now", now), ("worst", worst), ("morning", "1"))
        }
        self.send("/intake/how-much/", **pains, **{f"{s}_stiffness": "3" for s in sides or ("left", "right")})
        self.send("/intake/since/", onset_kind=kind, onset=onset)
        self.send("/intake/activities/", activity_1="climbing stairs", score_1="5")
        return self.send("/intake/about/", **(ABOUT | about))

    def wishes(self, **changed):
        self.send(
            "/wishes/things/", **({"things": ["chair", "low_anchor"], "bands": "3", "kg": "1, 2,5 and 4"} | changed)
        )
        self.send("/wishes/time/", goal="daily", often="plan", days=["0", "2"])
        return self.send("/wishes/taste/", stretch="no_preference", release="no")

    def ready_for_tests(self):
        self.screen()
        self.intake()
        self.wishes()

    def length(self, side, *, rise="4", **changed):
        tape = {f"length_{side}_hip_{n}": "70" for n in (1, 2, 3)}
        tape |= {f"length_{side}_knee_{n}": str(70 + float(rise)) for n in (1, 2, 3)}
        rest = {"thigh": "42", "pelvis": "yes", "stopped": ["stretch"], "pain": "1"}
        return self.send(
            f"/tests/length-{side}/", **tape, **({f"length_{side}_{k}": v for k, v in rest.items()} | changed)
        )

    def hold(self, side, *, exercise="E06", form="", **changed):
        key = f"hold_{form or exercise}_{side}"
        said = {"result": "pass", "seen": ["none"], "pain": "1"} | ({"first": "yes"} if exercise == "E06" else {})
        return self.send(f"/tests/{exercise.lower()}-{side}/", **({f"{key}_{k}": v for k, v in said.items()} | changed))

    def tests(self):
        self.send("/tests/methods/", length="tape", hold="hold", strength="reps", signs="signs")
        self.length("left", rise="-9")
        self.length("right")
        for exercise in ("E06", "E07"):
            for side in ("left", "right"):
                self.hold(side, exercise=exercise)
        for side, lifts in (("left", "30"), ("right", "20")):
            self.send(
                f"/tests/strength-{side}/", **{f"strength_reps_{side}_1": lifts, f"strength_reps_{side}_pain": "1"}
            )
        return self.send("/tests/signs/", **{f"sign_{sign}_right": "yes" for sign in ("resisted", "stretch", "tender")})

    def to_plan(self):
        self.screen()
        self.intake()
        self.wishes()
        return self.tests()

    # ---- what is in the record

    def record(self):
        from psoas.web import desk, episodes  # noqa: PLC0415 (Django must be set up)

        episode = episodes.episode_of(self.owner)
        return [entry.body for entry in desk.clinic().record(episode)] if episode else []

    def found(self, kind):
        return [body for body in self.record() if isinstance(body, kind)]

    def course(self, now=DAY):
        from psoas.web import episodes  # noqa: PLC0415

        return episodes.course_of(self.owner, now=now)


def words(response):
    """The words of a page, without its tags."""
    main = response.content.decode().split("<main", 1)[-1].split("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def by_eye(side):
    """What she sees of that thigh."""
    said = {"eye": "level", "pelvis": "yes", "stopped": ["stretch"], "pain": "1"}
    return {f"length_{side}_{name}": value for name, value in said.items()}


def self_answered(her, path):
    there = her.fields(path)
    return her.send(path, go="none", **{k: v for k, v in OWN.items() if k in there})
