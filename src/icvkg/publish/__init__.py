"""The graph on the web: the SPARQL endpoint, linked data, descriptions."""
