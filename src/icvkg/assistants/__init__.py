"""The graph in the hands of assistants: a server of the Model Context Protocol (MCP)."""
