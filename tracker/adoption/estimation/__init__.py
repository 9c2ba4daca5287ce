"""Shares, their intervals, their weights and their change. Pure: no Django.

Imports no other room.
"""
