"""Who a session belongs to: every page asks, so the statement is put together once."""

from __future__ import annotations

import uuid
from functools import cache
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db import connection

from psoas.web.models import Account


class AccountBackend(ModelBackend):
    """Django's own way to sign in, but for the look-up on each page."""

    def get_user(self, user_id: uuid.UUID) -> Account | None:
        """The account with this id, unless it was closed. One statement."""
        compiler, statement, converters, names = _by_id()
        with connection.cursor() as cursor:
            cursor.execute(statement, [Account._meta.pk.get_db_prep_value(user_id, connection)])  # noqa: SLF001 (how Django names it)
            rows = cursor.fetchmany(1)
        accounts = [Account.from_db("default", names, row) for row in compiler.apply_converters(rows, converters)]
        return next((account for account in accounts if self.user_can_authenticate(account)), None)


@cache
def _by_id() -> tuple[Any, str, Any, list[str]]:
    compiler = Account.objects.filter(pk=uuid.UUID(int=0)).query.get_compiler("default")
    statement, _ = compiler.as_sql()
    converters = compiler.get_converters([expression for expression, *_ in compiler.select])
    return compiler, statement, converters, [field.attname for field in Account._meta.concrete_fields]  # noqa: SLF001 (the same)
