"""Every address of Psoas, in one list."""

from django.urls import path

from psoas.web.pages import entering, exercises, grounds, home, learning, patterns, preferences

urlpatterns = [
    path("", home.home, name="home"),
    path("enter/", entering.enter, name="door"),
    path("enter/<str:token>/", entering.enter, name="enter"),
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
