"""Every address of Psoas, in one list."""

from django.urls import path

from psoas.web.pages import (
    entering,
    exercises,
    grounds,
    home,
    intake,
    learning,
    patterns,
    plan,
    preferences,
    profile,
    result,
    screen,
    tests,
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
