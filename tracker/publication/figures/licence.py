"""The licence of every figure."""

LICENCE, LICENCE_NAME = "CC-BY-4.0", "CC BY 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
