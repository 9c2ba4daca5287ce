"""What is asked, as data. Every list of traits, measures, answers and outcomes begins here.

Imports `languages` only. A trait is added in specs.py; shapes.py says what belongs to one.
"""
