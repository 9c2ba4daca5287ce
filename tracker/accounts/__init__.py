"""Who people are and what each role may do: permissions, and the route that needs each.

Imports `errors`.
"""
