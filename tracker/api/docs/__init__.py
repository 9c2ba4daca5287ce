"""The schema of the API, and the page that explains it."""
