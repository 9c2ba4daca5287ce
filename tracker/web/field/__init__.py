"""Pages for fieldworkers: forms, their own entries, photos; `app` is the field app.

Imports `entries` and `site`.
"""
