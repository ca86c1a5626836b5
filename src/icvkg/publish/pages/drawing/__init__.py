"""Drawings as inline SVG: no scripts, no files, colours from the stylesheet."""
