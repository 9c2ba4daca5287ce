"""Simulated workers, honest ones and cheats, for tests, demonstration and calibration.

Imports `invented`.
"""
