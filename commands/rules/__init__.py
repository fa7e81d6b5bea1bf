"""Pure judgement: no clock, no database, no network. Each file answers one question; each rule names its source."""
