"""re-reviews: visits made again by another worker, decisions by another moderator.

Imports `adoption` and what stands below it.
"""
