"""All counts made anew: read in bulk, counted in parts, written, put in use at once.

Imports no other room; the files beside it say what a status is and how counts are packed.
"""
