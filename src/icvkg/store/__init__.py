"""Which engine answers: the only room that knows."""
