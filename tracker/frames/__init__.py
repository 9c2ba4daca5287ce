"""Census frames: how many establishments there are, to say how many of them were observed.

Imports `places` and what stands below it.
"""
