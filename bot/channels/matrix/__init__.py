"""Matrix: hear and say in rooms and private chats, on a homeserver of your own."""

from bot.channels.matrix.channel import MatrixChannel
from bot.channels.matrix.options import MatrixOptions

__all__ = ["MatrixChannel", "MatrixOptions"]
