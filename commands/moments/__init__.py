"""What the clock may ask: reminders, nudges, digests."""
