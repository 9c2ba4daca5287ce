"""Pages that everybody may read: maps, charts, areas. Imports publication, places and `site`."""
