"""Visits made again by another worker (re-interviews), decisions by another moderator (re-reviews).

Imports `adoption` and what stands below it.
"""
