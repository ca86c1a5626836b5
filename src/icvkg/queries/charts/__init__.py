"""Pictures of answers: each query's header says what to draw, Altair and Vega-Lite draw it."""
