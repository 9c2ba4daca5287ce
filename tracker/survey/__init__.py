"""What is asked, as data. Every list of traits, measures, answers and outcomes begins here.

Imports no other room.
"""
