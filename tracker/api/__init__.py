"""The API: figures for analysts, and what the field app sends and asks for.

Imports `workflows` and what stands below it: it writes through workflows and reads queries.
"""
