"""The schema of the API, and the page that explains it.

Imports no other room; the views beside it are what it describes.
"""
