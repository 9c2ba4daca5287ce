"""Single visits for researchers, without what could name a person.

Imports `files`.
"""
