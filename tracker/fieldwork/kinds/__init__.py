"""The kinds of values in an entry: how each is judged, kept, read again and put into columns.

Pure. `values` reads JSON, `single` and `several` know what is kept. Imports no other room.
"""
