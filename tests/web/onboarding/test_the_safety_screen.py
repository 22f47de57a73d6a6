"""The safety screen: what a yes, a no and a not sure lead to, and the ways back."""

from __future__ import annotations

import datetime as dt
import re

from psoas.pathway.record import Corrected, Planned, Screened
from psoas.storage.ids import new_id
from psoas.terms import Level
from web.onboarding.newcomer import DAY, self_answered, words


def test_none_of_these_says_no_only_to_what_was_left_open(her):
    """An answer given stays; a question whose "no" speaks against training must be answered by herself."""
    said = her.send("/screen/how-the-pain-behaves/", impact_pain="yes", go="none")
    assert "Does rest ease the pain?: Choose one of the answers" in said
    page = her.see("/screen/how-the-pain-behaves/").content.decode()
    assert re.search(r'name="impact_pain" value="yes"[^>]*checked', page)
    assert re.search(r'name="night_pain" value="no"[^>]*checked', page)
    assert not re.search(r'name="rest_eases" value="\w+"[^>]*checked', page)


def test_next_alone_answers_nothing(her):
    """Without the button that says no, an open question is asked back."""
    said = her.send("/screen/right-now/", limp="no", go="next")
    assert "answers need a look" in said


def test_an_emergency_is_told_at_once(her):
    """One page is enough: the advice stands alone, with no exercise, and is in the record."""
    said = words(her.client.post("/screen/back-and-nerves/", {"saddle_numb": "yes", "go": "next"}, follow=True))
    assert "emergency department now" in said
    assert "What to say there" in said
    assert "Under 18" not in said
    (screened,) = her.found(Screened)
    assert screened.level is Level.EMERGENCY
    assert screened.fired == ("TE1",)
    for path in ("/profile/", "/plan/"):
        assert her.see(path).redirect_chain[-1][0] == "/screen/result/"
    assert her.client.post("/plan/accept/").status_code == 302
    assert her.found(Planned) == []


def test_an_emergency_sent_twice_is_written_once(her):
    """A double press on the page that told of the emergency leads to the same advice."""
    entry = re.search(r'name="entry" value="([^"]+)"', her.see("/screen/back-and-nerves/").content.decode())[1]
    for _ in range(2):
        assert her.send("/screen/back-and-nerves/", saddle_numb="yes", entry=entry) == "/screen/result/"
    assert len(her.found(Screened)) == 1


def test_a_wrong_answer_is_corrected_and_the_whole_screen_looked_through(her):
    """The stop stays until every answer has been given and looked through; both versions stay in the record."""
    her.client.post("/screen/back-and-nerves/", {"saddle_numb": "yes", "go": "next"})
    assert "numbness" in words(her.see("/screen/mistake/"))
    path = her.send("/screen/mistake/", saddle_numb="no")
    assert her.course().stops
    while not path.endswith("/review/"):
        path = self_answered(her, path)
    assert her.course().stops
    assert her.send("/screen/review/") == "/intake/where/"
    assert her.course().stops
    assert her.intake() == "/wishes/things/"
    assert not her.course().stops
    assert [screened.level for screened in her.found(Screened)] == [Level.EMERGENCY, Level.SELF_CARE]
    (correction,) = her.found(Corrected)
    assert correction.by.answers["saddle_numb"] == "no"


def test_an_urgent_answer_ends_the_screen_without_an_intake(her):
    """A torn muscle is known without age or pain: the doctor first, and the page names rule and source."""
    assert her.screen(defect_or_bruise="yes") == "/screen/result/"
    said = words(her.see("/screen/result/"))
    assert "today or tomorrow" in said
    assert "TU3" in said


def test_back_from_an_urgent_row(her, moment):
    """Seen by a doctor, and a full screen a day later without the sign: the way goes on."""
    her.screen(defect_or_bruise="yes")
    moment(DAY + dt.timedelta(hours=3))
    her.send("/seen/", rows=["TU3"], by="gp", on="2026-03-02", outcome="treated", entry=new_id())
    assert her.course().stops
    moment(DAY + dt.timedelta(days=2))
    assert her.screen() == "/intake/where/"
    her.intake()
    assert not her.course(DAY + dt.timedelta(days=2)).stops


def test_a_clinicians_leave_quoted_by_her(her):
    """A row that may be quoted lets a gentler plan be made; the plan says that it is."""
    her.screen(locking="yes")
    assert her.intake() == "/screen/result/"
    assert "My clinician has allowed it" in words(her.see("/screen/result/"))
    rows = [stop.row for stop in her.course().stops]
    assert her.send("/leave/", rows=rows, until="", top="none", forbidden=["none"], entry=new_id()) == "/wishes/things/"
    her.wishes()
    her.tests()
    her.client.post("/plan/accept/")
    assert her.course().plan.restricted


def test_a_row_that_only_a_clinician_may_clear(her):
    """Fragile bones cannot be waved through by quoting anybody."""
    her.screen(osteoporosis="yes", fragility_fracture="yes")
    assert her.intake() == "/screen/result/"
    assert "My clinician has allowed it" not in words(her.see("/screen/result/"))
    assert "This needs more than your word" in words(her.see("/leave/"))


def test_a_leave_for_longer_than_twelve_weeks_is_refused(her):
    """The end of a leave is at most 84 days away, and the page says so."""
    her.screen(locking="yes")
    her.intake()
    rows = [stop.row for stop in her.course().stops]
    said = her.send("/leave/", rows=rows, until="2026-09-01", top="none", forbidden=["none"], entry=new_id())
    assert "at most twelve weeks" in said
    assert not her.course().clearances


def test_not_sure_is_asked_once_more_in_other_words(her):
    """The follow-up stands behind its page; not sure again is unknown, which is not fine."""
    her.send("/screen/right-now/", limp="unknown", go="none")
    assert her.fields("/screen/right-now-more/") >= {"limp.again"}
    her.screen(limp="unknown", **{"limp.again": "unknown"})
    her.intake()
    (screened,) = her.found(Screened)
    assert "TC3" in screened.unknown
    assert "could not be ruled out" in words(her.see("/screen/result/"))


def test_a_question_that_only_follows_is_asked_only_then(her):
    """The week of pregnancy is asked of who is pregnant, and an empty week is unknown, not early."""
    her.send("/screen/pregnancy/", pregnant="no")
    assert her.client.get("/screen/pregnancy-more/").status_code == 302
    her.send("/screen/pregnancy/", pregnant="yes")
    assert her.fields("/screen/pregnancy-more/") >= {"pregnant_weeks", "pelvic_girdle_pain"}
    her.screen(pregnant="yes", pregnant_weeks="")
    her.intake()
    assert her.found(Screened)[0].answers["pregnant_weeks"] == "unknown"


def test_a_list_says_in_few_words_what_opens_in_full(her):
    """Each line of the safety screen stands in a few words, and the whole question opens below it."""
    said = words(her.see("/screen/fever-and-feeling-ill/"))
    assert "Weight lost without trying" in said
    assert "Have you lost weight without trying?" in said
    assert "In full" in said
