"""From a question in words to a curated query with its parameters; no model, no network."""
