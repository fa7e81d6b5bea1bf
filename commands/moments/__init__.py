"""What the clock may ask: reminders, nudges and digests, each re-checked just before it is sent."""
