"""What is told to others, in rooms.

figures, then drawing and files, then releases, extracts, claims and the cache.
"""
