"""Counts of observed and yes shops, their definition, their recount, their estimates.

Imports `moderation` and what stands below it.
"""
