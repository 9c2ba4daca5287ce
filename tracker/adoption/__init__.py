"""Counts of observed and yes shops, their definition, their recount, their estimates."""
