"""Invented shops and visits for the demonstration, made through the real workflows.

Imports no other room.
"""
