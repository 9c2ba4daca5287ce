"""What is believed: decisions, and the table of legal moves."""
