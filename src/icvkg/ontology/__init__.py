"""What can be said: the ontology's modules and code lists, read, exported and reasoned over."""
