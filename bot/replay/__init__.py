"""A year that is written down, played again as the ordinary commands of its people (rulings.md "Replay").

`scenario` reads the file, `setting` makes structure and people of it, `steps` puts its steps in order, `play` types
them through the door for programs, `stand` says how things stand in the register at the end.
"""
