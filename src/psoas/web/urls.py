"""Every address of Psoas, in one list."""

from django.urls import path

from psoas.web.pages import (
    check,
    decision,
    entering,
    exercises,
    grounds,
    home,
    intake,
    learning,
    morning,
    patterns,
    plan,
    player,
    preferences,
    profile,
    result,
    screen,
    session,
    tests,
    today,
    week,
    wishes,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("enter/", entering.enter, name="door"),
    path("enter/<str:token>/", entering.enter, name="enter"),
    # the way to a plan
    path("screen/", screen.start, name="screen"),
    path("screen/result/", result.result, name="screen-result"),
    path("screen/mistake/", result.mistake, name="screen-mistake"),
    path("screen/review/", result.review, name="screen-review"),
    path("screen/seen/", result.seen, name="screen-seen"),
    path("screen/leave/", result.leave, name="screen-leave"),
    path("screen/<slug:slug>/", screen.page, name="screen-page"),
    path("intake/", intake.start, name="intake"),
    path("intake/<slug:slug>/", intake.page, name="intake-page"),
    path("wishes/", wishes.start, name="wishes"),
    path("wishes/<slug:slug>/", wishes.page, name="wishes-page"),
    path("tests/", tests.start, name="tests"),
    path("tests/<slug:slug>/", tests.page, name="tests-page"),
    path("profile/", profile.profile, name="profile"),
    path("plan/", plan.plan, name="plan"),
    path("plan/switch/", plan.switch, name="plan-switch"),
    path("plan/swap/", plan.swap, name="plan-swap"),
    path("plan/accept/", plan.accept, name="plan-accept"),
    # the course
    path("today/", today.today, name="today"),
    path("today/how/", week.how, name="how"),
    path("morning/", morning.morning, name="morning"),
    path("week/", week.week, name="week"),
    path("form/", week.form_check, name="form-check"),
    path("check/", check.check, name="check"),
    path("check/answers/", check.answers, name="check-answers"),
    path("offers/easier-week/", week.easier_week, name="easier-week"),
    path("decisions/", decision.decisions, name="decisions"),
    path("decisions/<int:seq>/", decision.decision, name="decision"),
    # a session
    path("session/", session.session, name="session"),
    path("session/start/", session.start, name="session-start"),
    path("session/start/more/", session.more, name="session-more"),
    path("session/again/", player.again, name="session-again"),
    path("session/close/", session.close, name="session-close"),
    path("session/end/", session.end, name="session-end"),
    path("session/done/", session.done, name="session-done"),
    path("session/set/", player.plain_set, name="plain-set"),
    path("session/skip/", player.plain_skip, name="plain-skip"),
    path("session/undo/", player.plain_undo, name="plain-undo"),
    path("session/log/set/", player.log, name="log-set"),
    path("session/log/skip/", player.skip, name="log-skip"),
    path("session/log/undo/", player.undo, name="log-undo"),
    # learn
    path("learn/", learning.learn, name="learn"),
    path("learn/<slug:lesson_id>/", learning.lesson, name="lesson"),
    path("quiz/", learning.quiz, name="quiz"),
    path("exercises/", exercises.exercises, name="exercises"),
    path("exercises/<str:exercise_id>/", exercises.exercise, name="exercise"),
    # grounds
    path("rules/", grounds.rules, name="rules"),
    path("rules/numbers/", grounds.numbers, name="numbers"),
    path("rules/<str:rule_id>/", grounds.one_rule, name="rule"),
    path("sources/", grounds.sources, name="sources"),
    path("safety/", grounds.safety, name="safety"),
    # this installation
    path("settings/", preferences.preferences, name="preferences"),
    path("patterns/", patterns.patterns, name="patterns"),
]

handler400 = "psoas.web.pages.trouble.bad_request"
handler404 = "psoas.web.pages.trouble.not_found"
handler500 = "psoas.web.pages.trouble.broken"
