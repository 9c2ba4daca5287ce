"""Visits and their photos, as fieldworkers recorded them."""
