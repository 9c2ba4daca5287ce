"""The field app against the real site: what is logged arrives, once, whatever happens."""
