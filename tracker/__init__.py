"""The tracker: fieldwork, moderation, adoption, publication, in that order."""
