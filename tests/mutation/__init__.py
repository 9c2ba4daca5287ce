"""The mutation run: `make mutants`. docs/testing.md says what it is for."""
