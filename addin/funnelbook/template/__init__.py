"""The workbook templates: built from the schema, one a language."""

from funnelbook.template.build import EXTRAS, build, path, read, sheets

__all__ = ["EXTRAS", "build", "path", "read", "sheets"]
