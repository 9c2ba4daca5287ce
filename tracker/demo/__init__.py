"""Invented shops and simulated workers, for a look around and for trials.

Only commands import it.
"""
