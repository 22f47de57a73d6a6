"""The record: read in words, corrected after seeing what that changes, taken along, brought in, erased."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from psoas.exchange.archive import packed
from psoas.pathway import record as r
from psoas.pathway.course import course_of
from psoas.pathway.decisions import Progress, StageTo
from psoas.storage.ids import new_id
from psoas.storage.memory import MemoryJournal
from psoas.terms import Answer, Level, Reason, Side, Stage
from psoas.web import desk
from psoas.web.entry_words import page_of
from psoas.web.entry_words import words as in_words
from psoas.web.models import Account, Draft
from web.courses import FIRST, ZONE, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def her(owner, settings, tmp_path):
    """Somebody with three sessions, after which one thing went up."""
    owner.zone = ZONE
    owner.save()
    settings.CLOCK = str(tmp_path / "clock")
    person = Person(desk.clinic(), owner.key).planned()
    for _ in range(3):
        person.ready().trained()
    return person


def newest(her, kind):
    """The newest entry of that kind."""
    return next(e for e in reversed(her.clinic.record(her.episode)) if isinstance(e.body, kind))


MORNING = {"pain_left": "0", "pain_right": "1", "settled": "yes", "limp": "no"}


# ---- in words


def test_every_entry_is_told_in_words(her, visits):
    """Each entry has a title, nothing is told by its internal name, and gathered sets are told with their session."""
    page = visits("/record/").text
    for words in ("Full safety check", "What hurts", "Self-tests", "Plan accepted", "The morning after", "3 of 3 sets"):
        assert words in page or words == "3 of 3 sets"
    assert "session_done" not in page
    assert "Set 1" not in page
    entries = her.clinic.record(her.episode)
    told, older = page_of(entries, before=0, knowledge=her.knowledge, most=1000)
    assert len(told) < len(entries)
    assert all(entry.words.title for entry in told)
    assert not older


def test_a_long_record_is_read_page_by_page(her, visits):
    """Every entry that is told is on exactly one page."""
    entries = her.clinic.record(her.episode)
    everything, _ = page_of(entries, before=0, knowledge=her.knowledge, most=1000)
    seen, before = [], 0
    while True:
        page, before = page_of(entries, before=before, knowledge=her.knowledge, most=4)
        seen += page
        if not before:
            break
    assert seen == everything
    assert "The newest" in visits(f"/record/?before={entries[-1].seq}").text
    assert visits("/record/?before=x").status_code == 200


def test_every_kind_of_entry_has_its_own_words():
    """No kind of entry falls back to its internal name."""
    from psoas.web.entry_words import _words  # noqa: PLC0415 (the table of kinds)

    kinds = [kind for kind in msgspec.inspect.type_info(r.Body).types if kind]
    told = set(_words.registry)
    assert {kind.cls for kind in kinds} <= told


def test_a_trial_set_is_called_so_and_a_new_stage_is_no_thing_that_goes_up(her, visits):
    """The exercise stands twice in the first session: once as its trial; a stage has a heading of its own (D24)."""
    page = visits("/record/").text
    assert page.count("(trial set)") == 1
    up = Progress(reasons=(Reason("PR9"),), changes=(StageTo(side=Side.RIGHT, stage=Stage.LOAD),), moment="morning")
    told = in_words(r.Decided(decision=up, protocol="integrated@2026-11-01", saw=1), knowledge=her.knowledge)
    assert told.title == "A new stage."


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (r.Seen(rows=("TE1",), by="gp", on=FIRST.date(), outcome="watch"), "TE1: a family doctor, Monday 7 September"),
        (r.Seen(rows=("TE1",), by="gp", on=FIRST.date(), outcome="watch"), "It is being watched, and I may train."),
        (r.ChangeReported(what="fall"), "I have had a fall or an accident"),
        (r.ItemSkipped(session="s", item=2, why="tired"), "Number 3 of the session: too tired"),
        (r.ItemSkipped(session="s", item=2, why="red"), "Number 3 of the session: red"),
    ],
)
def test_an_answer_is_told_in_the_words_in_which_it_was_chosen(body, says):
    """By whom, with what outcome, what changed and why something was left out: never the key of the choice."""
    assert says in in_words(body, knowledge=desk.knowledge()).lines


# ---- corrections


def test_a_correction_shows_first_what_it_would_change(her, visits):
    """Saying that the morning was worse shows the decision that would not have been made, and writes nothing yet."""
    morning = newest(her, r.MorningAnswered)
    count = len(her.clinic.record(her.episode))
    page = visits(f"/record/{morning.id}/correct/", MORNING | {"pain_right": "4", "entry": new_id()}).text
    assert "One thing goes up" in page
    assert "A step back" in page or "smaller" in page or "The same again" in page
    assert len(her.clinic.record(her.episode)) == count


def test_the_correction_is_written_when_it_is_sure(her, visits):
    """The second press writes it; the old entry stays, and the course reads as if said so at first (D64)."""
    morning = newest(her, r.MorningAnswered)
    said = MORNING | {"pain_right": "4", "entry": new_id(), "sure": "yes"}
    assert visits(f"/record/{morning.id}/correct/", said).url == "/record/"
    entries = her.clinic.record(her.episode)
    assert any(isinstance(e.body, r.Corrected) and e.body.replaces == morning.id for e in entries)
    told = her.course.mornings[morning.body.session][-1].body
    assert told.now[Side.RIGHT] == 4
    assert "Corrected later" in visits("/record/").text


def test_what_was_said_stands_in_the_form(her, visits):
    """The correction starts from what was said then."""
    morning = newest(her, r.MorningAnswered)
    page = visits(f"/record/{morning.id}/correct/").text
    assert page.count(" checked") == 4


def test_nothing_changed_writes_nothing(her, visits):
    """Sending the same answers again is no correction."""
    morning = newest(her, r.MorningAnswered)
    count = len(her.clinic.record(her.episode))
    assert visits(f"/record/{morning.id}/correct/", MORNING | {"entry": new_id(), "sure": "yes"}).url == "/record/"
    assert len(her.clinic.record(her.episode)) == count


@pytest.mark.parametrize("kind", [r.DayAnswered, r.SessionDone, r.TakenIn, r.Wished, r.Tested])
def test_each_kind_that_can_be_mistyped_can_be_corrected(her, visits, kind):
    """Its own questions come back filled; sent unchanged they come to the same entry."""
    entry = newest(her, kind)
    address = f"/record/{entry.id}/correct/"
    if kind is r.SessionDone:
        assert "Which answer was mistyped?" in visits(address).text
        address += "?set=0"
    said = as_it_stands(visits(address).text)
    assert visits(address, said | {"entry": new_id(), "sure": "yes"}).url == "/record/"
    assert not her.course.corrections


def as_it_stands(page):
    """What a browser would send of the page, untouched."""
    said = {}
    for name, value in re.findall(r'<input type="\w+" name="([\w-]+)" value="([^"]*)"[^>]*checked', page):
        said.setdefault(name, []).append(value)
    for month in re.findall(r'<select name="(\w+)"', page):
        said[month] = re.search(r'value="(\w+)" selected', page)[1]
    return said | dict(re.findall(r'<input type="(?:text|date)" name="([\w-]+)" value="([^"]*)"', page))


TAPED = r.Findings(
    length=tuple(
        r.LengthTest(side=side, method="tape", tape=((Decimal("0.73"), Decimal("0.7"), Decimal("0.405")),) * 3,
                     pelvis_controlled=Answer.YES, stopped_by=("stretch", "drifts_out"), pain=Decimal(1))
        for side in Side
    ),
    strength=tuple(
        r.StrengthTest(side=side, method="home", trials=(Decimal("120.621795"), Decimal("98.0665")), lever_m=Decimal("0.4"),
                       supported=(Decimal("98.0665"),), pain=Decimal(0))
        for side in Side
    ),
    holds=(r.HoldTest(side=Side.LEFT, exercise="E06-seated", result="needs_rest", compensations=("arching",),
                      every_repetition=True, first_failed=True, practice="reached", pain=Decimal(2)),
           r.HoldTest(side=Side.RIGHT, exercise="E07", result="pass", compensations=(), pain=None)),
    signs=(r.PainSigns(side=Side.RIGHT, resisted=Answer.YES, tender=Answer.NO),),
)  # fmt: skip
LOOKED = r.Findings(
    length=tuple(
        r.LengthTest(side=side, method="eye", category="level", pelvis_controlled=Answer.UNKNOWN, pain=Decimal(0))
        for side in Side
    )
)


@pytest.mark.parametrize("findings", [TAPED, LOOKED], ids=["tape, scale and holds", "by eye"])
def test_every_number_and_look_of_a_test_stands_in_its_correction(her, visits, findings):
    """Tape heights in centimetres, a scale in kilograms, what was seen, what stopped the leg: sent unchanged nothing changes."""
    her.wait(minutes=5).write(r.Tested(findings=findings))
    entry = newest(her, r.Tested)
    address = f"/record/{entry.id}/correct/"
    said = as_it_stands(visits(address).text)
    assert visits(address, said | {"entry": new_id(), "sure": "yes"}).url == "/record/"
    assert not her.course.corrections


def test_a_mistyped_height_of_the_tape_is_corrected(her, visits):
    """73 instead of 63 centimetres: the thigh hangs below the table after all."""
    her.wait(minutes=5).write(r.Tested(findings=TAPED))
    entry = newest(her, r.Tested)
    address = f"/record/{entry.id}/correct/"
    said = as_it_stands(visits(address).text)
    low = {f"length_right_knee_{n}": "63" for n in (1, 2, 3)}
    page = visits(address, said | low | {"entry": new_id()}).text
    assert "What the correction changes" in page
    visits(address, said | low | {"entry": new_id(), "sure": "yes"})
    right = next(t for t in her.course.tests[-1].body.findings.length if t.side is Side.RIGHT)
    assert right.tape == ((Decimal("0.63"), Decimal("0.7"), Decimal("0.405")),) * 3


def test_a_height_that_cannot_be_is_asked_back_in_a_correction_too(her, visits):
    """A thigh is no steeper than it is long, here as where it was measured."""
    her.wait(minutes=5).write(r.Tested(findings=TAPED))
    address = f"/record/{newest(her, r.Tested).id}/correct/"
    said = as_it_stands(visits(address).text) | {"length_left_knee_1": "190", "entry": new_id()}
    assert "That cannot be" in visits(address, said).text


def test_a_look_is_corrected(her, visits):
    """Above the table instead of level."""
    her.wait(minutes=5).write(r.Tested(findings=LOOKED))
    address = f"/record/{newest(her, r.Tested).id}/correct/"
    said = as_it_stands(visits(address).text) | {"length_left_eye": "above", "entry": new_id(), "sure": "yes"}
    visits(address, said)
    left = next(t for t in her.course.tests[-1].body.findings.length if t.side is Side.LEFT)
    assert left.category == "above"


def test_equipment_is_corrected_and_what_she_asked_for_later_stays(her, visits):
    """Forty kilograms were four; an exercise she asked for meanwhile is not lost by it."""
    wished = newest(her, r.Wished)
    asked = msgspec.structs.replace(wished.body, own_choice=("E15",))
    her.wait(minutes=5).write(asked)
    address = f"/record/{newest(her, r.Wished).id}/correct/"
    said = as_it_stands(visits(address).text) | {"kg": "1, 2, 3", "entry": new_id(), "sure": "yes"}
    visits(address, said)
    assert her.course.wish.equipment.kg == (1, 2, 3)
    assert her.course.wish.own_choice == ("E15",)


def test_a_set_of_a_finished_session_can_be_corrected(her, visits):
    """One set among many said otherwise: the rest of the session stays."""
    entry = newest(her, r.SessionDone)
    place = next(n for n, one in enumerate(entry.body.sets) if entry.body.shown.items[one.item].exercise == "E06")
    said = {
        "did": "all",
        "pain_right": "7",
        "seen": "none",
        "signs": "none",
        "effort": "4",
        "entry": new_id(),
        "sure": "yes",
    }
    visits(f"/record/{entry.id}/correct/?set={place}", said)
    done = her.course.sats[-1].done
    assert max(p for one in done.sets for p in one.pain.values() if p is not None) == 7
    assert any(reason.rule == "RG2" for d in her.course.decisions for reason in d.body.decision.reasons)


def test_what_cannot_be_corrected_here_is_not_found(her, visits):
    """A decision, or an entry that is not there."""
    assert visits(f"/record/{newest(her, r.Decided).id}/correct/").status_code == 404
    assert visits(f"/record/{new_id()}/correct/").status_code == 404


def test_another_accounts_entry_is_not_there(her, client, settings):
    """Whoever else is signed in cannot reach it."""
    Path(settings.CLOCK).write_text(her.at.isoformat())
    other = Account.objects.create_user(email="bea@example.org")
    client.force_login(other)
    assert client.get(f"/record/{newest(her, r.MorningAnswered).id}/correct/").status_code == 404


# ---- taken along and brought in


def exported(visits):
    """The file."""
    return visits("/record/export/").content


def sent(data):
    """A file as a browser sends it."""
    return {"file": SimpleUploadedFile("psoas.json", data, content_type="application/json")}


def test_export_then_import_gives_an_equal_course(her, visits):
    """Exported, erased and brought in again the course is the same, decisions included."""
    before = her.clinic.told(her.episode)
    data = exported(visits)
    visits("/record/erase/", {"word": "erase"})
    assert visits("/record/import/", sent(data)).url == "/today/"
    desk.clinic()._folded.clear()
    assert her.clinic.told(her.episode) == before


def test_the_export_names_nobody(her, owner, visits):
    """Neither account nor e-mail is in the file, and it comes with a name of its own."""
    answer = visits("/record/export/")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="psoas-2026-')
    assert owner.key not in answer.content.decode()


def test_the_same_file_again_changes_nothing(her, visits):
    """Brought in where it came from, it is a no-op."""
    data = exported(visits)
    count = len(her.clinic.record(her.episode))
    assert visits("/record/import/", sent(data)).url == "/today/"
    assert len(her.clinic.record(her.episode)) == count


def _tampered(data):
    file = json.loads(data)
    for entry in file["entries"]:
        if entry["body"]["type"] == "screened":
            entry["body"]["answers"]["mini_TE1"] = "no"
    return json.dumps(file).encode()


BROKEN = {
    "nothing": (lambda _: b"x", "not an export of Psoas"),
    "cut off": (lambda data: data[: len(data) // 2], "cut off"),
    "another format": (lambda _: b'{"format": "other", "version": 1}', "not an export"),
    "newer": (lambda data: data.replace(b'"version":1', b'"version":99', 1), "newer Psoas"),
    "one byte": (lambda data: data.replace(b'"left"', b'"rihgt"', 1), "checksum"),
    "tampered": (_tampered, "checksum"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_refused_whole(her, visits, name):
    """Damaged, cut off, changed or newer: a clear sentence, and nothing is brought in."""
    breaks, words = BROKEN[name]
    data = breaks(exported(visits))
    visits("/record/erase/", {"word": "erase"})
    answer = visits("/record/import/", sent(data))
    assert words in answer.text.replace("&quot;", '"')
    assert not desk.journal().episodes(str(Account.objects.home_owner().id))


def test_a_safety_check_made_harmless_is_refused(her, visits):
    """Answers that come to an emergency under an outcome that says self-care: refused, even with a right checksum."""
    entries = her.clinic.record(her.episode)
    opened = entries[0].at
    changed = [
        msgspec.structs.replace(
            entry,
            body=msgspec.structs.replace(
                entry.body, answers={**entry.body.answers, **_emergency(her)}, level=Level.SELF_CARE
            ),
        )
        if isinstance(entry.body, r.Screened)
        else entry
        for entry in entries
    ]
    data = packed(changed, opened=opened, psoas="0.1.0")
    visits("/record/erase/", {"word": "erase"})
    assert "does not come out as it says" in visits("/record/import/", sent(data)).text


def _emergency(her):
    """Answers that make an emergency row fire."""
    flag = her.knowledge.red_flags["TE1"]
    from psoas.knowledge.criteria import facts_of  # noqa: PLC0415

    return dict.fromkeys(facts_of(flag.when), "yes")


def test_a_second_record_is_refused(her, visits):
    """With a record there, another one is not brought in beside it."""
    other = Person(type(her.clinic)(MemoryJournal(), her.knowledge), "bea").planned()
    answer = visits("/record/import/", sent(other.clinic.export(other.episode)))
    assert "There is a record here already" in answer.text


def test_a_file_that_is_too_large_is_refused(her, visits, settings):
    """Beyond the limit nothing is read."""
    settings.UPLOAD_LIMIT = 1000
    assert visits("/record/import/", sent(b"x" * 5000)).status_code == 413


def test_no_file_is_asked_back(visits):
    """Pressing the button without a file."""
    assert "Choose the file first" in visits("/record/import/", {}).text


# ---- erased


def test_erase_takes_everything(her, owner, visits):
    """After the typed word no entry, no episode and no draft is left."""
    visits("/session/start/", {"mini_TE1": "no"})
    assert "Everything is erased" in visits("/record/erase/", {"word": " Erase "}).text
    assert not desk.journal().episodes(owner.key)
    assert not Draft.objects.filter(owner=owner).exists()
    assert visits("/today/").url in ("/screen/", "/intake/")


@pytest.mark.parametrize("word", ["", "yes", "eras"])
def test_without_the_word_nothing_goes(her, visits, word):
    """Anything but the word leaves all as it is."""
    assert "nothing was erased" in visits("/record/erase/", {"word": word}).text
    assert her.clinic.record(her.episode)


def test_the_record_folds_as_the_pages_show_it(her):
    """What the page reads and what the course is made from are the same entries."""
    entries = her.clinic.record(her.episode)
    assert course_of(entries, knowledge=her.knowledge) == her.clinic.told(her.episode)
