"""Maps and charts: scenes of shapes, and the painters that make SVG and PNG of them.

Imports `figures`.
"""
