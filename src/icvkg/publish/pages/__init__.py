"""Pages for people: pure functions from a release, an address and a language to bytes."""
