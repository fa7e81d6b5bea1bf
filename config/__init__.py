"""Files to words: settings, structure, people."""
