"""A band on a luggage scale: two readings, which band it is, and the same said otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from psoas.movement.equipment import Band, weighed
from psoas.movement.load import LONGEST
from psoas.movement.skeleton import GRAVITY, Unfit
from psoas.pathway.record import BandWeighed, Weighing
from psoas.terms import Load
from psoas.web import telling
from psoas.web.forms.base import EntryForm, PageForm
from psoas.web.forms.correcting import Correcting, Initial, plainly
from psoas.web.forms.fields import NumberField, OneField

_CM = 100  # lengths are typed in centimetres and kept in metres


class BandForm(PageForm):
    """A band on a luggage scale at two stretches."""

    short = NumberField(label="Length at the first reading", unit="cm", low=5, high=400)
    light = NumberField(label="What the scale shows at the first reading", unit="kg", low=0, high=60)
    long = NumberField(label="Length at the second reading, stretched further", unit="cm", low=5, high=400)
    strong = NumberField(label="What the scale shows at the second reading", unit="kg", low=0, high=60)
    reach = NumberField(
        label="Distance from where it is worn to where it is fixed, at the start",
        unit="cm",
        low=10,
        high=500,
        required=False,
        help_text="For exercises with a band that is fixed to something. Left empty: just taut, as described there.",
    )

    def clean(self) -> dict[str, Any]:
        """Two readings that cannot belong to one band are asked back, and a distance that the band cannot reach."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if any(said.get(name) is None for name in ("short", "light", "long", "strong")):
            return said
        try:
            rest = band_of(said).rest * _CM
        except Unfit as refused:
            self.add_error("strong", ValidationError(told(refused)))
            return said
        if said.get("reach") is not None and said["reach"] > LONGEST * rest:
            self.add_error("reach", ValidationError(_TOO_FAR.format(rest=rest, most=LONGEST * rest)))
        return said


_TOO_FAR = (
    "This band is {rest:.0f} cm long at rest and would have to stretch too far. "
    "Fix it nearer, at most {most:.0f} cm away, or take a longer band."
)


class KeptBandForm(BandForm, EntryForm):
    """The same, to be kept for one of her bands."""

    def __init__(self, *args: Any, bands: int, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["band"] = OneField(label="Which of your bands is it?", choices=band_choices(bands))


def band_choices(bands: int) -> list[tuple[str, str]]:
    """Her bands by number, in words."""
    words = ((n, telling.load_words(Load(kind="band", band=n))) for n in range(1, bands + 1))
    return [(str(n), said[0].upper() + said[1:]) for n, said in words]


def band_of(said: Mapping[str, Any]) -> Band:
    """The band with these readings. Raises Unfit where they cannot belong to one."""
    one, two = ((float(length) / _CM, float(kg) * GRAVITY) for length, kg in _readings(said))
    return weighed(one, two)


def _readings(said: Mapping[str, Any]) -> tuple[tuple[Decimal, Decimal], tuple[Decimal, Decimal]]:
    return (said["short"], said["light"]), (said["long"], said["strong"])


def band_weighed(said: Mapping[str, Any]) -> BandWeighed:
    """The entry that these readings make."""
    one, two = (Weighing(length_m=length / _CM, kg=kg) for length, kg in _readings(said))
    reach = said.get("reach")
    return BandWeighed(band=int(said["band"]), readings=(one, two), reach_m=None if reach is None else reach / _CM)


def told(refused: Unfit) -> str:
    """A refusal as a sentence on a page: without the key that it begins with."""
    words = str(refused).partition(": ")[2]
    return words[0].upper() + words[1:]


class BandAgain(Correcting):
    """A band that was weighed."""

    title = "A band weighed"

    def form_class(self) -> type[PageForm]:
        """The readings; which band it was may be wrong too."""
        band = OneField(label="Which of your bands is it?", choices=band_choices(max(12, self.body.band)))
        return type("BandAgainForm", (BandForm,), {"band": band})

    def initial(self) -> Initial:
        """What was measured."""
        one, two = self.body.readings
        return {
            "band": str(self.body.band),
            "short": plainly(one.length_m * _CM),
            "light": plainly(one.kg),
            "long": plainly(two.length_m * _CM),
            "strong": plainly(two.kg),
            "reach": "" if self.body.reach_m is None else plainly(self.body.reach_m * _CM),
        }

    def otherwise(self, said: Mapping[str, Any]) -> BandWeighed:
        """The weighing as it should have been."""
        return band_weighed(said)
