"""Screening, decisions, the desk, corrections, second interviews.

Imports `setup`.
"""
