"""Photos.

received in parts, decoded in a confined process, stripped to their pixels, kept by content.
"""
