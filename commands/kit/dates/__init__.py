"""Dutch dates: what people type, read without guessing, and said back with the weekday.

`reader` is the entrance; `days`, `feasts`, `schoolyear` and `periods` hold the rules, one pattern and one meaning
each; `compose` joins them with times, bounds and ranges; `normal` brings the words into one spelling first.
Phrases that recur ("elke maandag") are no dates but rules for dates: `reader` refuses them, `recurring` and `rhythm`
read them, `say_rule` says them.
"""

from commands.kit.dates.reader import read
from commands.kit.dates.results import Day, Instant, Period, Reading, Result, Unreadable, deadline
from commands.kit.dates.say import door, say, say_day, say_instant
from commands.kit.dates.trailing import trailing
from commands.words.calendar import say_short

__all__ = [
    "Day",
    "Instant",
    "Period",
    "Reading",
    "Result",
    "Unreadable",
    "deadline",
    "door",
    "read",
    "say",
    "say_day",
    "say_instant",
    "say_short",
    "trailing",
]
