"""`python -m bot` is `rightsdesk`."""

from bot.cli import main

main()
