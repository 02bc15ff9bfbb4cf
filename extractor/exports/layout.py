"""Where the nodes stand: the same graph gives the same positions each time.

Each connected part is laid out by springs, then nodes are moved apart until their labels do not
cover each other; the parts stand beside each other, lone nodes in rows below.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np

SEED = 7
SPRING_LIMIT = 500
LABEL_SHOWN = 34
_LETTER, _LINE, _GAP = 8.0, 48.0, 50.0
_GOLDEN = math.pi * (3 - math.sqrt(5))
Places = dict[str, tuple[float, float]]


def positions(graph: nx.MultiDiGraph[str]) -> Places:
    """A position for each node, in units about as large as the node sizes, y upwards.

    A part of more than `SPRING_LIMIT` nodes stands on a sunflower, the best connected in the middle
    (a first sight only: Gephi lays such graphs out itself).
    """
    import networkx as nx

    order = {node: i for i, node in enumerate(graph)}
    parts = [sorted(part, key=order.__getitem__) for part in nx.weakly_connected_components(graph)]
    parts.sort(key=lambda part: (-len(part), order[part[0]]))
    blocks = [_part(graph, part) for part in parts]
    placed = _shelves(blocks, {node: _box(graph.nodes[node]) for node in graph})
    return {node: (round(x, 2), round(y, 2)) for node, (x, y) in placed.items()}


def sunflower(degrees: Mapping[str, int]) -> Places:
    """Positions on a spiral, the best connected in the middle."""
    ranked = sorted(degrees, key=lambda n: (-degrees[n], n))
    return {node: (round(40.0 * math.sqrt(i) * math.cos(i * _GOLDEN), 2), round(40.0 * math.sqrt(i) * math.sin(i * _GOLDEN), 2))
            for i, node in enumerate(ranked)}


def _part(graph: nx.MultiDiGraph[str], nodes: Sequence[str]) -> Places:
    if len(nodes) == 1:
        return {nodes[0]: (0.0, 0.0)}
    if len(nodes) > SPRING_LIMIT:
        return sunflower({node: graph.degree(node) for node in nodes})
    import networkx as nx
    import numpy as np

    plain: nx.Graph[str] = nx.Graph()
    plain.add_nodes_from(nodes)
    inside = set(nodes)
    plain.add_edges_from((u, v) for u, v in graph.edges() if u != v and u in inside)
    found = nx.spring_layout(plain, seed=SEED, iterations=200, k=4.0 / math.sqrt(len(nodes)), scale=70.0 * math.sqrt(len(nodes)),
                             method="force")
    places = np.array([found[node] for node in nodes])
    boxes = np.array([_box(graph.nodes[node]) for node in nodes])
    if np.ptp(places[:, 1]) > np.ptp(places[:, 0]):
        places = places[:, ::-1]  # screens and pages are wider than high
    apart = _spread(places, boxes)
    return {node: (float(x), float(y)) for node, (x, y) in zip(nodes, apart, strict=True)}


def _box(values: Mapping[str, Any]) -> tuple[float, float]:
    """Width and height of a node with its label below it."""
    letters = min(LABEL_SHOWN, len(str(values.get("label") or "")))
    return max(40.0, letters * _LETTER), _LINE


def _spread(places: np.ndarray, boxes: np.ndarray, rounds: int = 300) -> np.ndarray:
    """Move boxes that cover each other apart, each pair along the shorter way."""
    import numpy as np

    near = (boxes[:, None, :] + boxes[None, :, :]) / 2
    for _ in range(rounds):
        delta = places[:, None, :] - places[None, :, :]
        cover = near - np.abs(delta)
        hit = (cover > 0).all(axis=2)
        np.fill_diagonal(hit, False)
        if not hit.any():
            break
        side = np.where(delta > 0, 1.0, -1.0)
        side = np.where(delta == 0, np.sign(np.subtract.outer(np.arange(len(places)), np.arange(len(places))))[:, :, None], side)
        across = (cover[:, :, 0] <= cover[:, :, 1])[:, :, None]
        push = np.where(np.concatenate([across, ~across], axis=2), cover * side, 0.0) * hit[:, :, None]
        places = places + 0.5 * push.sum(axis=1) / np.maximum(1, hit.sum(axis=1))[:, None]
    return places


def _shelves(blocks: Iterable[Places], boxes: Mapping[str, tuple[float, float]]) -> Places:
    """The blocks side by side in rows, the first of which sets the width."""
    placed: Places = {}
    width, x, y, depth = 0.0, 0.0, 0.0, 0.0
    for block in blocks:
        left = min(px - boxes[n][0] / 2 for n, (px, _) in block.items())
        right = max(px + boxes[n][0] / 2 for n, (px, _) in block.items())
        top = max(py + boxes[n][1] / 2 for n, (_, py) in block.items())
        low = min(py - boxes[n][1] / 2 for n, (_, py) in block.items())
        width = width or max(900.0, right - left, 1.5 * (top - low))
        if x and x + right - left > width:
            x, y, depth = 0.0, y - depth - _GAP / 2, 0.0
        for node, (px, py) in block.items():
            placed[node] = (px - left + x - width / 2, py - top + y)
        x += right - left + _GAP
        depth = max(depth, top - low)
    return placed
