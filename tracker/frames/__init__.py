"""Census frames: how many establishments there are, to say how many of them were observed."""
