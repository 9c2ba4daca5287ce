"""Dated, sourced rules: which wallet a route at the till gives, from which day to which.

Imports `accounts` and what stands below it.
"""
