"""The phone's side of the field app, in a real Chromium."""
