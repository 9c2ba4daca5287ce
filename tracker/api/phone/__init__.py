"""What the field app sends and asks for. Writes through workflows."""
