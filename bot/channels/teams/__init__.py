"""Teams: hear and say in channels, group chats and personal chats, through Microsoft's connector."""

from bot.channels.teams.channel import TeamsChannel
from bot.channels.teams.options import TeamsOptions

__all__ = ["TeamsChannel", "TeamsOptions"]
