"""What is asked, and the figures that answer it, with their words.

Imports no other room.
"""
