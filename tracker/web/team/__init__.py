"""People: roles, areas, devices, tokens, how their work goes.

Imports `entries` and `site`.
"""
