"""Releases: built as a pure function of the artefacts, named by their content, switched by rename."""
