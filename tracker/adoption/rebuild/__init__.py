"""All counts made anew.

visits read in bulk, parts counted, rows written, the new set put in use.
"""
