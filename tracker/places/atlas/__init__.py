"""The cities that are surveyed: one file of facts each, read once. Nothing else lists them.

`cities` is what other rooms import; `facts` reads the files and refuses one that is wrong.
docs/places.md says what stands in a file and how a city is added. Imports no other room.
"""
