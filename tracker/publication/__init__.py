"""What is told to others: figures, then drawings and files, then what is kept of both.

Imports `adoption` and what stands below it.
"""
