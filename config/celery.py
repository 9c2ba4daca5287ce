"""The Celery app and its whole timetable.

Celery only carries notifies: what has to be done stands in the outbox table, so a lost
message costs at most one beat of the sweeper.
"""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

SWEEP_SECONDS = 5.0  # the longest an outbox row waits after its notifies was lost

app = Celery("noren")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.imports = ("tracker.tasks",)
app.conf.beat_schedule = {
    # `expires` keeps sweeps from piling up while no worker runs.
    "sweep-outbox": {
        "task": "tracker.sweep_outbox",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": SWEEP_SECONDS},
    },
    "rechecks": {"task": "tracker.rechecks", "schedule": crontab(minute=20)},
    "end-upload-graces": {"task": "tracker.end_upload_graces", "schedule": crontab(minute=40)},
    "tidy-extracts": {"task": "tracker.tidy_extracts", "schedule": crontab(minute=50)},
    "drop-map-data": {"task": "tracker.drop_map_data", "schedule": crontab(hour=17, minute=10)},
    "find-duplicates": {
        "task": "tracker.find_duplicates",
        "schedule": crontab(hour=18, minute=40),
    },  # UTC
}
