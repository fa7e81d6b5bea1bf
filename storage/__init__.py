"""Rows to words and back: tables, store, inbox, outbox, history, migrations."""
