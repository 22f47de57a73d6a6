"""Episodes, entries, and the triggers that let an entry only be added or erased with its episode."""

from django.db import migrations, models
from django.db.models import Q

SQLITE = (
    """CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON storage_entry
       BEGIN SELECT RAISE(ABORT, 'An entry of the record is never changed; add a correction.'); END""",
    """CREATE TRIGGER entry_goes_only_with_its_episode BEFORE DELETE ON storage_entry
       WHEN EXISTS (SELECT 1 FROM storage_episode WHERE id = OLD.episode_id AND NOT erasing)
       BEGIN SELECT RAISE(ABORT, 'An entry of the record is never removed alone; erase its episode.'); END""",
)

POSTGRESQL = (
    """CREATE FUNCTION entry_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF TG_OP = 'UPDATE' THEN
           RAISE EXCEPTION 'An entry of the record is never changed; add a correction.';
         END IF;
         IF EXISTS (SELECT 1 FROM storage_episode WHERE id = OLD.episode_id AND NOT erasing) THEN
           RAISE EXCEPTION 'An entry of the record is never removed alone; erase its episode.';
         END IF;
         RETURN OLD;
       END $$""",
    """CREATE TRIGGER entry_is_kept BEFORE UPDATE OR DELETE ON storage_entry
       FOR EACH ROW EXECUTE FUNCTION entry_is_kept()""",
)

UNDO = {
    "sqlite": ("DROP TRIGGER entry_is_never_changed", "DROP TRIGGER entry_goes_only_with_its_episode"),
    "postgresql": ("DROP TRIGGER entry_is_kept ON storage_entry", "DROP FUNCTION entry_is_kept"),
}


def add_triggers(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def drop_triggers(apps, schema_editor):
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Episode",
            fields=[
                ("id", models.CharField(max_length=36, primary_key=True, serialize=False)),
                ("owner", models.CharField(db_index=True, max_length=36)),
                ("opened", models.CharField(max_length=40)),
                ("erasing", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.CharField(max_length=36, primary_key=True, serialize=False)),
                (
                    "episode",
                    models.ForeignKey(db_index=False, on_delete=models.deletion.DO_NOTHING, to="storage.episode"),
                ),
                ("seq", models.PositiveIntegerField()),
                ("kind", models.CharField(max_length=32)),
                ("version", models.PositiveSmallIntegerField()),
                ("at", models.CharField(max_length=40)),
                ("zone", models.CharField(max_length=64)),
                ("role", models.CharField(max_length=16)),
                ("account", models.CharField(blank=True, max_length=36)),
                ("session", models.CharField(max_length=36, null=True)),
                ("body", models.TextField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("episode", "seq"), name="one_entry_per_place")],
                "indexes": [
                    models.Index(
                        condition=Q(("kind", "session_done")),
                        fields=["episode", "session", "seq"],
                        name="sessions_done",
                    )
                ],
            },
        ),
        migrations.RunPython(add_triggers, drop_triggers, elidable=False),
    ]
