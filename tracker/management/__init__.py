"""What is typed: `manage.py` commands, each of which parses, calls and reports.

Imports `demo`, `workflows` and what stands below them.
"""
