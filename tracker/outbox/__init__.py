"""The transactional outbox: work is a row written with the change; Celery is only nudged.

Imports no other room.
"""
