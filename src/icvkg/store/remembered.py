"""What was worked out before: the form in which steps of a build ask for it, without knowing where it is kept."""

from collections.abc import Callable, Iterable

Make = Callable[[], bytes]
Remember = Callable[[str, Iterable[bytes], Make], bytes]
"""Gives what `make` gives. The name of the step and its inputs, in order, are all that it may depend on."""


def afresh(step: str, inputs: Iterable[bytes], make: Make) -> bytes:
    """Remembers nothing."""
    return make()
