"""Who people are and what each role may do."""
