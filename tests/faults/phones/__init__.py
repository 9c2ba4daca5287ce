"""The field app against the real house: what is logged arrives, once, whatever happens."""
