"""Rows to words and back: tables, the store, inbox, outbox and migrations."""
