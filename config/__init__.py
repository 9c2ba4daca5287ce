"""Settings, routes, Celery and the processes that `make run` starts."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
