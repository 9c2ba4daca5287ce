"""Rules about routes: for readers, and where administrators add and end them.

Imports `site`.
"""
