"""Pure judgement: no clock, database, network or logging."""
