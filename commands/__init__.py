"""The core: commands, moments, rules and words. Imports nothing else of ours and does no I/O of its own."""
