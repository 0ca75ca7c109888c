"""The business's own reply templates."""

from __future__ import annotations

from store.office import Office
from store.replies import Template, read_templates


def templates(office: Office) -> tuple[Template, ...]:
    """The templates as they are now, by name."""
    folder = office.business.replies_folder
    return read_templates(folder) if folder else ()
