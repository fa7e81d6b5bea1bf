"""Message blocks become plain text, Matrix HTML or an Adaptive Card; pure."""
