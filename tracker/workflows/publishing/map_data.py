"""Keep the store of map data small."""

from datetime import datetime

from tracker.publication.cache import map_store


def drop_unused_map_data(*, at: datetime) -> int:
    """Drop what no page has shown for a week; how many files. Whatever is needed is made again."""
    return map_store.drop_unused(at=at)
