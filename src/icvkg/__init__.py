"""icvkg: a knowledge graph of China's intelligent connected vehicle industry."""

from importlib.metadata import version

from icvkg.errors import Fault, FaultyTablesError, IcvkgError, UnknownNameError
from icvkg.knowledge import KnowledgeGraph
from icvkg.queries.answers import Answer

__all__ = ["Answer", "Fault", "FaultyTablesError", "IcvkgError", "KnowledgeGraph", "UnknownNameError", "open"]
__version__ = version("icvkg")

open = KnowledgeGraph.open
