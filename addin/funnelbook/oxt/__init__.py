"""The extension for LibreOffice, made from text."""
