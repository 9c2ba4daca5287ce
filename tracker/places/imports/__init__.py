"""Readers of shop files: each turns a file into rows, and names the rows that cannot be read.

Imports no other room.
"""
