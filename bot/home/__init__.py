"""App Home: how it looks, and how it is kept as things are."""

from bot.home.homes import Homes
from bot.home.view import home

__all__ = ["Homes", "home"]
