"""The tracker: fieldwork, moderation, adoption, publication, in that order.

The version stands here and nowhere else: the package files, the schema of the API and the
translations take it from this line. Write a new one together with its heading in CHANGELOG.md.
"""

__version__ = "0.2.0"
