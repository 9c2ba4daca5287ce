"""What happens to an entry until somebody judges it: sent, placed, photographed, withdrawn.

Imports `counting`, `judging` and `setup`.
"""
