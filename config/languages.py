"""The languages of the interface: the one list, in the order in which pages offer them.

Settings, catalogues, the field app, the XLSForm, the files and the pictures derive theirs from
it. What a language has no words, names or fonts for falls back, string by string, to the first.
"""

LANGUAGES = {"ja": "日本語", "zh-hans": "简体中文", "en": "English"}  # code → its own name
DEFAULT = next(iter(LANGUAGES))
SOURCE = "en"  # the code is written in it: it needs no catalogue
