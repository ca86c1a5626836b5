"""Constraint components, each compiled to a set query."""
