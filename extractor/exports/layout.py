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
SPRING_LIMIT = 1000
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
    import numpy as np

    index = {node: i for i, node in enumerate(nodes)}
    ends = [(index[u], index[v]) for u, v in graph.edges(nodes) if u != v]
    places = _springs(len(nodes), ends, _rounds(nodes, 200, 4e7)) * 70.0 * math.sqrt(len(nodes))
    if np.ptp(places[:, 1]) > np.ptp(places[:, 0]):
        places = places[:, ::-1]  # screens and pages are wider than high
    apart = _spread(places, np.array([_box(graph.nodes[node]) for node in nodes]), _rounds(nodes, 300, 2e7))
    return {node: (float(x), float(y)) for node, (x, y) in zip(nodes, apart, strict=True)}


def _springs(size: int, ends: Iterable[tuple[int, int]], rounds: int) -> np.ndarray:
    """Fruchterman and Reingold's layout in the square from -1 to 1.

    That of networkx needs scipy from 500 nodes on, and fifteen times as long.
    """
    import numpy as np

    near = np.zeros((size, size))
    for i, j in ends:
        near[i, j] = near[j, i] = 1.0
    places = np.random.RandomState(SEED).rand(size, 2)
    length = 4.0 / math.sqrt(size)
    for heat in np.linspace(0.1, 0.0, rounds, endpoint=False):
        x, y = places.T
        dx, dy = x[:, None] - x, y[:, None] - y
        distance = np.maximum(np.sqrt(dx * dx + dy * dy), 0.01)
        force = (length / distance) ** 2 - near * distance / length
        move = np.stack([(dx * force).sum(1), (dy * force).sum(1)], axis=1)
        places = places + move * (heat / np.maximum(np.hypot(*move.T), 0.01))[:, None]
    places = places - places.mean(axis=0)
    found: np.ndarray = places / max(float(np.abs(places).max()), 1e-9)
    return found


def _rounds(nodes: Sequence[str], most: int, pairs: float) -> int:
    """How many rounds there is time for where each looks at every pair of ``nodes``."""
    return max(10, min(most, int(pairs / len(nodes) ** 2)))


def _box(values: Mapping[str, Any]) -> tuple[float, float]:
    """Width and height of a node with its label below it."""
    letters = min(LABEL_SHOWN, len(str(values.get("label") or "")))
    return max(40.0, letters * _LETTER), _LINE


def _spread(places: np.ndarray, boxes: np.ndarray, rounds: int) -> np.ndarray:
    """Move boxes that cover each other apart, each pair along the shorter way."""
    import numpy as np

    x, y = places.T.copy()
    width, height = ((side[:, None] + side) / 2 for side in boxes.T)
    for _ in range(rounds):
        over, above = width - np.abs(x[:, None] - x), height - np.abs(y[:, None] - y)
        first, second = np.nonzero(np.triu((over > 0) & (above > 0), 1))
        if not len(first):
            break
        over, above = over[first, second], above[first, second]
        flat = over <= above
        count = np.maximum(1, np.bincount(np.concatenate([first, second]), minlength=len(x)))
        for axis, push in ((x, np.where(flat, over, 0.0)), (y, np.where(flat, 0.0, above))):
            push = push * np.where(axis[first] >= axis[second], 0.5, -0.5)
            axis += (np.bincount(first, push, len(x)) - np.bincount(second, push, len(x))) / count
    return np.stack([x, y], axis=1)


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
