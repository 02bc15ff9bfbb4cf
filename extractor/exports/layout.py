"""Where the nodes stand: the same graph gives the same positions each time."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx

SEED = 7
SPRING_LIMIT = 500
_GOLDEN = math.pi * (3 - math.sqrt(5))


def positions(graph: nx.MultiDiGraph[str]) -> dict[str, tuple[float, float]]:
    """A position for each node, in units about as large as the node sizes.

    Up to `SPRING_LIMIT` connected nodes by springs; more on a sunflower, the best connected in the
    middle (a first sight only: Gephi lays such graphs out itself). Lone nodes stand on a ring around.
    """
    linked = [n for n, degree in graph.degree() if degree]
    lone = [n for n, degree in graph.degree() if not degree]
    placed = _springs(graph, linked) if len(linked) <= SPRING_LIMIT else sunflower({n: graph.degree(n) for n in linked})
    reach = max((math.hypot(x, y) for x, y in placed.values()), default=0.0)
    for i, node in enumerate(lone):
        ring, radius = i // 60, reach + 120.0
        angle = 2 * math.pi * (i % 60) / min(60, max(1, len(lone) - 60 * ring))
        placed[node] = ((radius + 60 * ring) * math.cos(angle), (radius + 60 * ring) * math.sin(angle))
    return {node: (round(x, 2), round(y, 2)) for node, (x, y) in placed.items()}


def _springs(graph: nx.MultiDiGraph[str], nodes: list[str]) -> dict[str, tuple[float, float]]:
    import networkx as nx

    if not nodes:
        return {}
    plain: nx.Graph[str] = nx.Graph()
    plain.add_nodes_from(nodes)
    plain.add_edges_from((u, v) for u, v in graph.edges() if u != v)
    scale = 60.0 * math.sqrt(len(nodes)) + 40.0
    found = nx.spring_layout(plain, seed=SEED, iterations=100, k=1.6 / math.sqrt(len(nodes)), scale=scale,
                             method="force")
    return {node: (float(x), float(y)) for node, (x, y) in found.items()}


def sunflower(degrees: Mapping[str, int]) -> dict[str, tuple[float, float]]:
    """Positions on a spiral, the best connected in the middle."""
    ranked = sorted(degrees, key=lambda n: (-degrees[n], n))
    return {node: (round(40.0 * math.sqrt(i) * math.cos(i * _GOLDEN), 2), round(40.0 * math.sqrt(i) * math.sin(i * _GOLDEN), 2))
            for i, node in enumerate(ranked)}
