"""What is believed: decisions, the table of legal moves, who is given what to judge.

Imports `fieldwork` and what stands below it.
"""
