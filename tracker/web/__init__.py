"""Pages for people, one room for each audience: `views` answer, `forms` judge, `presenters` word.

Imports `workflows` and what stands below it: it writes through workflows and reads queries.
"""
