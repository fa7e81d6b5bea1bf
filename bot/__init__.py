"""The outside: channels, clock, network and command line; the only asynchronous code."""
