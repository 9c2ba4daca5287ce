"""Where shops are: areas, squares, shops, and the files they were imported from."""
