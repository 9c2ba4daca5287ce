"""Invented shops and simulated workers, for a look around and for trials.

Imports `workflows` and what stands below it. Only commands import it.
"""
