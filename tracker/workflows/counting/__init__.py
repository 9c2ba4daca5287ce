"""Counts brought up to date, made anew, and counted again by another road.

Imports no other room.
"""
