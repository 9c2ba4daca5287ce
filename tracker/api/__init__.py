"""The API: figures for analysts, and what the field app sends and asks.

Reads queries, writes through workflows.
"""
