"""The tools of every command: declaring, parsing, asking, authorising and answering."""
