"""The workbook templates: built from the schema, one a language."""

from funnelbook.template.build import build, path, read, sheets

__all__ = ["build", "path", "read", "sheets"]
