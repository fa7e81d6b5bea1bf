"""The core: what people can ask the bot, and what the clock may ask. Imports nothing else of ours."""
