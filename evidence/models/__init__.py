"""Proof: documents of a team, each stored once, and what they are cited for."""

from evidence.models.citation import Citation
from evidence.models.content import Content, stored_name
from evidence.models.document import Document, EarlierVersion

__all__ = ["Citation", "Content", "Document", "EarlierVersion", "stored_name"]
