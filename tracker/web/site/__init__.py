"""What every page shares.

the guard, headers, refusals, errors, health, sign-in, devices, names of areas.
"""
