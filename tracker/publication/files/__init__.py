"""Figures as files: columns, CSV, JSON, GeoJSON, XLSX, Parquet, their package and citation.

Imports `figures`.
"""
