"""The emoji that count as commands, and only on a message that offers them (dialogue.md 8). Each has a word as well.

👍 and every other sign mean "seen" and bind nobody.
"""

from __future__ import annotations

#: The step that the message offers: yes, done, confirmed. In words: "ja", "klaar", "!akkoord".
YES_SIGN = "✅"
#: Later; the date is asked. In words: "later".
LATER_SIGN = "⏰"
#: One tier up. In words: "escaleer".
UP_SIGN = "🔼"
#: Never mind, or no. In words: "laat maar", "nee".
NO_SIGN = "❌"
