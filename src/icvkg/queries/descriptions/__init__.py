"""The catalogue told to other tools: SHACL executables, OpenAPI, pages; one module each, all from the same files."""
