"""Answers as files: one module a form; every one carries the same rows and says where they come from."""
