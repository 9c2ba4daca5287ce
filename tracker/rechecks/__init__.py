"""Second looks: visits made again by another worker, decisions made again by another moderator."""
