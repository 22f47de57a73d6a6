"""Accounts: the only place where a person's identity is kept."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts."""

    def create_user(self, email: str | None = None, password: str | None = None, **rest: Any) -> Account:
        """A new account. Without a password nobody can sign in with one."""
        account = self.model(email=self.normalize_email(email) if email else None, **rest)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def home_owner(self) -> Account:
        """The one owner of a home installation, made at the first start; no e-mail and no password."""
        return self.filter(home=True).first() or self.create_user(home=True)


class Theme(models.TextChoices):
    """How the pages are coloured."""

    AUTO = "auto", "Like my device"
    LIGHT = "light", "Light"
    DARK = "dark", "Dark"


class Build(models.TextChoices):
    """After which tables the person in the pictures is drawn."""

    NEUTRAL = "neutral", "Neither: a neutral body"
    FEMALE = "female", "A woman"
    MALE = "male", "A man"


class Tone(models.TextChoices):
    """The skin of the person in the pictures."""

    LIGHT = "light", "Light"
    MEDIUM = "medium", "Medium"
    BROWN = "brown", "Brown"
    DARK = "dark", "Dark"


class Account(AbstractBaseUser, PermissionsMixin):
    """Someone who may sign in. Entries of the record name it by its id alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True, null=True, blank=True)
    name = models.CharField(max_length=80, blank=True)
    home = models.BooleanField(default=False)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    zone = models.CharField(max_length=64, blank=True)  # IANA name; empty = the machine's own
    theme = models.CharField(max_length=8, choices=Theme, default=Theme.AUTO)
    build = models.CharField(max_length=8, choices=Build, default=Build.NEUTRAL)
    tone = models.CharField(max_length=8, choices=Tone, default=Tone.MEDIUM)
    height_cm = models.PositiveSmallIntegerField(null=True, blank=True)  # of the person drawn; empty = a usual one
    mass_kg = models.PositiveSmallIntegerField(null=True, blank=True)
    made = models.DateTimeField(auto_now_add=True)

    objects = AccountManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        """A home installation has one owner."""

        constraints = [models.UniqueConstraint(fields=["home"], condition=models.Q(home=True), name="one_home_owner")]

    def __str__(self) -> str:
        """Its opaque id: a log names nobody, and the owner at home has no e-mail to be called by."""
        return self.key

    @property
    def key(self) -> str:
        """The opaque id under which the record knows this account."""
        return str(self.id)


class Draft(models.Model):
    """What an account has typed into the pages of one form and not yet written into the record.

    `typed` holds the fields as the browser sent them, readable or not. `entry` is the id under which the finished
    form will be written, so that sending it twice, from two tabs or after the back button, writes it once.
    """

    owner = models.ForeignKey(Account, on_delete=models.CASCADE)
    form = models.CharField(max_length=24)
    entry = models.CharField(max_length=36)
    typed = models.JSONField(default=dict)
    changed = models.DateTimeField(auto_now=True)

    class Meta:
        """One draft of each form."""

        constraints = [models.UniqueConstraint(fields=["owner", "form"], name="one_draft_a_form")]
