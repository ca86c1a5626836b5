"""What was promised of speed and memory, as ratios of figures: met, or missed by how much."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from figures import Figure, precise

Figures = Mapping[str, Sequence[Figure]]
"""The figures by part."""
SMALL, MIDDLE, LARGE, LARGEST = 10_000, 100_000, 1_000_000, 10_000_000


@dataclass(frozen=True)
class Target:
    """The figure of one side over that of another, and the bound that it must reach or stay within."""

    text: str
    part: str
    work: str
    over: tuple[str, int]
    under: tuple[str, int]
    bound: float
    at_least: bool = True
    memory: bool = False

    def measured(self, figures: Figures) -> float | None:
        """The ratio; None where one of the two was not measured."""
        one, two = (self._figure(figures, *side) for side in (self.over, self.under))
        if not one or not two:
            return None
        return one.megabytes / two.megabytes if self.memory else one.seconds / two.seconds

    def _figure(self, figures: Figures, side: str, size: int) -> Figure | None:
        """The figure of a side at about that size."""
        for each in figures.get(self.part, ()):
            if (each.work, each.side) == (self.work, side) and abs(each.size - size) <= size * 0.3:
                return each
        return None

    def verdict(self, figures: Figures) -> str:
        """The ratio in words, and whether it reaches the bound."""
        value = self.measured(figures)
        if value is None:
            return "not measured"
        if value >= self.bound if self.at_least else value <= self.bound:
            return f"{precise(value)}: met"
        return f"{precise(value)}: **missed** by {abs(value / self.bound - 1):.0%}"

    def wanted(self) -> str:
        """The bound in words."""
        return f"{'at least' if self.at_least else 'at most'} {self.bound:g}"


def _at(size: int, work: str, part: str, peer: str, bound: float, ours: str = "icvkg") -> Target:
    """So many times faster than a peer."""
    return Target(f"{work}, {size:,} triples: time of {peer} over ours", part, work, (peer, size), (ours, size), bound)


def _change(size: int, which: str) -> Target:
    work = f"100 triples taken away, {which}"
    return Target(f"{work}, of {size:,}: time over that of validating all", "shacl", work,
                  ("icvkg, the change", size), ("icvkg, all again", size), 0.05, at_least=False)  # fmt: skip


def _rebuild(cell: str) -> Target:
    work = f"a changed cell: {cell}"
    return Target(f"{work}: time of a build from nothing over that of a rebuild", "rebuild", work,
                  ("icvkg, from nothing", 0), ("icvkg, rebuild", 0), 5)  # fmt: skip


TARGETS = (
    _at(LARGE, "map, without imports", "mapping", "morph-kgc", 15),
    _at(LARGE, "map, without imports", "mapping", "rdflib", 50),
    Target("tables to a store, 1,000,000 triples: our time over that of oxigraph load on the ready quads", "mapping",
           "tables to a store", ("icvkg map --store", LARGE), ("oxigraph load", LARGE), 1.3, at_least=False),
    Target("map: memory at 10,000,000 triples over that at 1,000,000", "mapping", "map, without imports",
           ("icvkg", LARGEST), ("icvkg", LARGE), 1.1, at_least=False, memory=True),
    _at(8_000, "derive", "derivation", "owlrl", 50),
    _at(160_000, "derive", "derivation", "reasonable", 1),
    _at(160_000, "load and derive", "derivation", "reasonable", 1),
    _at(MIDDLE, "validate", "shacl", "pyrudof", 8),
    _at(MIDDLE, "validate", "shacl", "Jena", 8),
    _at(MIDDLE, "validate", "shacl", "pyshacl", 90),
    _at(LARGE, "load and validate", "shacl", "pyrudof", 4.5),
    _at(LARGE, "load and validate", "shacl", "Jena", 2.5),
    Target("validate, 1,000,000 triples: our memory over that of pyrudof", "shacl", "validate",
           ("icvkg", LARGE), ("pyrudof", LARGE), 0.1, at_least=False, memory=True),
    *(_change(size, which) for size in (MIDDLE, LARGE) for which in ("a few things", "scattered")),
    *map(_rebuild, ("a note", "a figure", "a name of a firm", "a date of a claim")),
    Target("the real release: time of rdflib and pyshacl over that of icvkg build", "build_and_ask",
           "build the real release", ("rdflib and pyshacl", 0), ("icvkg", 0), 20),
)  # fmt: skip
