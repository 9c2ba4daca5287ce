"""The transactional outbox: work is a row written with the change; Celery is only notified.

Imports no other room.
"""
