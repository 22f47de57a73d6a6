"""Every address of Psoas, in one list."""

from django.urls import path

from psoas.web.pages import entering, home, patterns, preferences

urlpatterns = [
    path("", home.home, name="home"),
    path("enter/", entering.enter, name="door"),
    path("enter/<str:token>/", entering.enter, name="enter"),
    path("settings/", preferences.preferences, name="preferences"),
    path("patterns/", patterns.patterns, name="patterns"),
]

handler400 = "psoas.web.pages.trouble.bad_request"
handler404 = "psoas.web.pages.trouble.not_found"
handler500 = "psoas.web.pages.trouble.broken"
