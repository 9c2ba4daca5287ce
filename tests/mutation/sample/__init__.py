"""A room and its tests, weak and strong, on which the run itself is tried."""
