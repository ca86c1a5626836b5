"""What must hold: SHACL shapes compiled to set queries, and the reports they give."""
