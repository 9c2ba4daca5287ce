"""Celery's entries: an id in, one workflow call. Each is right when run twice."""

from celery import shared_task
from django.utils import timezone

from tracker.workflows import dispatch
from tracker.workflows.judging import duplicates, rechecks
from tracker.workflows.people import membership
from tracker.workflows.publishing import extract_making, map_data


@shared_task(name="tracker.work_outbox")
def work_outbox(message_id: int) -> None:
    dispatch.work(message_id=message_id, at=timezone.now())


@shared_task(name="tracker.sweep_outbox")
def sweep_outbox() -> None:
    dispatch.sweep(at=timezone.now())


@shared_task(name="tracker.rechecks")
def draw_and_close_rechecks() -> None:
    rechecks.draw_reinterviews(at=timezone.now())
    rechecks.close_reinterviews(at=timezone.now())


@shared_task(name="tracker.find_duplicates")
def find_duplicates() -> None:
    duplicates.find_duplicates(at=timezone.now())


@shared_task(name="tracker.end_upload_graces")
def end_upload_graces() -> None:
    membership.end_upload_graces(at=timezone.now())


@shared_task(name="tracker.tidy_extracts")
def tidy_extracts() -> None:
    extract_making.tidy_extracts(at=timezone.now())


@shared_task(name="tracker.drop_map_data")
def drop_map_data() -> None:
    map_data.drop_unused_map_data(at=timezone.now())
