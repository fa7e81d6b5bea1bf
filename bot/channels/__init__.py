"""Ways to hear and to say; they decide nothing."""
