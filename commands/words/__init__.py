"""Nouns of the structure: frozen dataclasses and the working-day calendar. No I/O, no rules."""
