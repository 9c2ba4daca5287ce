"""What every page shares: guard, headers, refusals, errors, health, sign-in, devices, names.

Imports no other room.
"""
