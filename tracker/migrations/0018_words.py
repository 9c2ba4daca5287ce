"""Tables and columns say what the code says: snapshot, log, lease, parked, duplicate, priority.

What a column is called stands in its constraints too: those go first and come back afterwards.
The constraints of the log's rows keep their names: new ones would be built over every row.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

KEY = django.db.models.deletion.CASCADE
KEPT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    dependencies = [("tracker", "0017_cities_are_not_listed")]
    operations = [
        migrations.RemoveConstraint("countedition", "one_edition_is_current_and_one_is_built"),
        migrations.RemoveConstraint("countedition", "an_edition_is_current_after_it_was_begun"),
        migrations.RemoveConstraint("editionpart", "each_square_is_counted_once_per_edition"),
        migrations.RemoveConstraint("trailhead", "the_trail_has_one_head"),
        migrations.RemoveConstraint("heldentry", "a_revision_is_held_once"),
        migrations.RemoveConstraint("heldphoto", "a_photo_is_held_once"),
        migrations.RemoveConstraint("screening", "a_route_is_known"),
        migrations.RemoveConstraint("screening", "a_band_is_known"),
        migrations.RenameModel("CountEdition", "CountSnapshot"),
        migrations.RenameModel("EditionPart", "SnapshotPart"),
        migrations.RenameModel("TrailHead", "LogHead"),
        migrations.RenameModel("Claim", "Lease"),
        migrations.RenameModel("TwinPair", "DuplicatePair"),
        migrations.RenameModel("HeldEntry", "ParkedEntry"),
        migrations.RenameModel("HeldPhoto", "ParkedPhoto"),
        migrations.RenameField("countsnapshot", "folds", "refreshes"),
        migrations.RenameField("adoptioncount", "edition", "snapshot"),
        migrations.RenameField("countedshop", "edition", "snapshot"),
        migrations.RenameField("snapshotpart", "edition", "snapshot"),
        migrations.RenameField("screening", "route", "review_reason"),
        migrations.RenameField("screening", "band", "priority"),
        migrations.RenameField("user", "hands_in_until", "upload_grace_until"),
        migrations.AlterField(
            "lease", "by", models.ForeignKey(on_delete=KEY, related_name="leases", to=settings.AUTH_USER_MODEL)
        ),
        migrations.AlterField(
            "lease", "visit", models.OneToOneField(on_delete=KEY, related_name="lease", to="tracker.visit")
        ),
        migrations.AlterField(
            "parkedentry",
            "worker",
            models.ForeignKey(on_delete=KEPT, related_name="parked_entries", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            "parkedphoto",
            "worker",
            models.ForeignKey(on_delete=KEPT, related_name="parked_photos", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            "countsnapshot",
            models.UniqueConstraint(
                condition=Q(state__in=["building", "current"]),
                fields=("state",),
                name="one_snapshot_is_current_and_one_is_built",
            ),
        ),
        migrations.AddConstraint(
            "countsnapshot",
            models.CheckConstraint(
                condition=Q(made_current_at=None, state="building")
                | Q(("made_current_at__gte", F("begun_at")), ~Q(state="building")),
                name="a_snapshot_is_current_after_it_was_begun",
            ),
        ),
        migrations.AddConstraint(
            "snapshotpart",
            models.UniqueConstraint(
                fields=("snapshot", "city_code", "first_square"),
                name="each_square_is_counted_once_per_snapshot",
            ),
        ),
        migrations.AddConstraint(
            "loghead", models.CheckConstraint(condition=Q(pk=1), name="the_log_has_one_head")
        ),
        migrations.AddConstraint(
            "parkedentry",
            models.UniqueConstraint(fields=("uuid", "revision"), name="a_revision_is_parked_once"),
        ),
        migrations.AddConstraint(
            "parkedphoto",
            models.UniqueConstraint(fields=("visit_uuid", "sha256"), name="a_photo_is_parked_once"),
        ),
        migrations.AddConstraint(
            "screening",
            models.CheckConstraint(
                condition=Q(review_reason__in=["new_worker", "flagged", "random", "again", "rule"]),
                name="a_review_reason_is_known",
            ),
        ),
        migrations.AddConstraint(
            "screening",
            models.CheckConstraint(
                condition=Q(priority__in=["high", "medium", "low"]), name="a_priority_is_known"
            ),
        ),
    ]
