"""Logs: one line an event on stderr, with context and nothing personal."""

from __future__ import annotations

import logging
import sys

import structlog

QUIET = ("mail.log", "mail.error", "mail.debug", "aiosmtpd", "slack_bolt", "slack_sdk", "apscheduler", "alembic")
"""Libraries whose own lines name addresses, or say what ours say already."""


def log_to_stderr(level: int = logging.INFO) -> None:
    """Write our own lines for a person on a terminal, as JSON otherwise; the libraries' only when they matter.

    Args:
        level: the least that is written, of `logging`.
    """
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.ERROR)
    logging.getLogger("mail.log").setLevel(logging.CRITICAL)  # aiosmtpd writes addresses there
    person = sys.stderr.isatty()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
            if person
            else structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
