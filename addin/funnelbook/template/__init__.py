"""The workbook templates: built from the schema, one a language."""

from funnelbook.template.build import EXTRAS, build, names, path, rows_of, sheets

__all__ = ["EXTRAS", "build", "names", "path", "rows_of", "sheets"]
