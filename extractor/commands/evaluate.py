"""``extractor evaluate``: figures against gold, floors under them, and the passages that are wrong."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from extractor.diagnosis import calibration, rules
from extractor.errors import InputError
from extractor.evaluate import WITH_INTERVAL, Counts, Figures, Scored, figures, intervals, score, total
from extractor.exports import replacing
from extractor.model import ROLES, Lang
from extractor.pipeline import Options
from extractor.report import Terminal, plain

PINNED = ("entity.f1", "state.id", "transfer.f1", "pair.f1", "slot.f1", "status")
ROUNDING = 0.0005  # of a figure that --min was read off
TOLERANCE = 0.01  # of a pin: another processor may round the parser's scores otherwise


@dataclass(frozen=True)
class Measure:
    """What one evaluation has been asked for."""

    gold: tuple[Path, ...]
    predicted: Path | None = None
    floors: tuple[tuple[str, float], ...] = ()
    as_json: bool = False
    errors: int = 0
    rules: bool = False
    baseline: Path | None = None
    pin: bool = False
    options: Options = field(default_factory=Options)
    workers: int = 1


def run(measure: Measure, terminal: Terminal) -> None:
    """Measure each gold file; figures below their floors are told to ``terminal`` as failures."""
    pins = _read_pins(measure.baseline) if measure.baseline and measure.baseline.exists() else {}
    for path in measure.gold:
        try:
            passages = list(read_rows(path))
            found = {row["id"]: row for row in _found(measure, path, passages, terminal)}
        except InputError as error:
            terminal.fail(error)
            continue
        scored = [score(passage, found.get(passage["id"], {})) for passage in passages]
        counts = [one.counts for one in scored]
        now = figures(total(counts))
        if measure.as_json:
            terminal.show(json.dumps({"gold": path.stem, **{name: round(value, 4) for name, value in now.items()}}))
        else:
            _show(path.stem, passages, found, counts, now, terminal)
            outputs = [found.get(passage["id"], {}) for passage in passages]
            _show_calibration(outputs, scored, terminal)
            if measure.rules:
                _show_rules(passages, outputs, scored, terminal)
        _show_errors(passages, found, scored, measure.errors, terminal)
        pinned = {} if measure.pin else pins.get(path.stem, {})
        for line in (*below(now, measure.floors, ROUNDING), *below(now, pinned.items(), TOLERANCE)):
            terminal.fail(InputError(f"{path.stem}: {line}"))
        pins[path.stem] = {name: round(now[name], 3) for name in PINNED}
    if measure.pin and measure.baseline and not terminal.failures:
        with replacing(measure.baseline) as stream:
            stream.write(json.dumps(dict(sorted(pins.items())), indent=2) + "\n")


def below(now: Figures, floors: Iterable[tuple[str, float]], tolerance: float) -> Iterator[str]:
    """A line for each figure that is lower than its floor by more than ``tolerance``."""
    for name, floor in floors:
        if now[name] < floor - tolerance:
            yield f"{name} is {now[name]:.3f}, below {floor:g}"


def minima(options: Iterable[str]) -> tuple[tuple[str, float], ...]:
    """``--min`` options as pairs. Raises `ValueError` for one that is not FIGURE=VALUE."""
    known = figures(total([]))
    pairs = []
    for option in options:
        name, _, value = option.partition("=")
        if name not in known:
            raise ValueError(f"no figure is called '{name}'; known are {', '.join(sorted(known))}")
        try:
            pairs.append((name, float(value)))
        except ValueError:
            raise ValueError(f"'{option}': a number is wanted after '='") from None
    return tuple(pairs)


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a gold or predicted file. Raises `InputError` naming the line that is wrong."""
    try:
        with path.open(encoding="utf-8") as stream:
            for number, line in enumerate(stream, 1):
                if line.strip():
                    yield _row(line, f"{path}:{number}")
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise InputError(f"{path}: not UTF-8") from None


def _row(line: str, place: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise InputError(f"{place}: not valid JSON: {error}") from None
    if not isinstance(row, dict) or not isinstance(row.get("id"), str):
        raise InputError(f"{place}: an object with an 'id' is wanted")
    for key in ("entities", "transfers"):
        rows = row.setdefault(key, [])
        if not isinstance(rows, list) or not all(isinstance(item, dict) for item in rows):
            raise InputError(f"{place}: '{key}' must be a list of objects")
    return row


def _found(
    measure: Measure, path: Path, passages: list[dict[str, Any]], terminal: Terminal
) -> Iterable[dict[str, Any]]:
    if measure.predicted:
        yield from read_rows(measure.predicted)
        return
    from extractor.articles import Reader
    from extractor.parallel import extract
    from extractor.store import result_to_json

    articles = Reader(terminal.fail, terminal.note).read([str(path)])
    results = extract(articles, measure.options, measure.workers, terminal.fail)
    for result in terminal.progress(results, len(passages)):
        yield result_to_json(result, text=False)


def _show(
    name: str, passages: list[Any], found: dict[str, Any], counts: list[Counts], now: Figures, terminal: Terminal
) -> None:
    missing = sum(passage["id"] not in found for passage in passages)
    lines = [f"{name}: {len(passages)} passages, {missing} without output"]
    for base in sorted(figure.removesuffix(".f1") for figure in now if figure.endswith(".f1")):
        f1, precision, recall, gold = (now[f"{base}.{part}"] for part in ("f1", "p", "r", "gold"))
        lines.append(f"{base:16} F1 {f1:.3f}  P {precision:.3f}  R {recall:.3f}  gold {gold:.0f}")
    lines.append(f"state.id {now['state.id']:.3f}   status {now['status']:.3f}")
    spread = intervals(counts, WITH_INTERVAL) if passages else {}
    for figure, (low, high) in spread.items():
        lines.append(f"{figure} {now[figure]:.3f}, 95 % interval {low:.3f} to {high:.3f}")
    terminal.show("\n".join(lines))


def _show_calibration(outputs: list[Any], scored: list[Scored], terminal: Terminal) -> None:
    bins, error = calibration(outputs, scored)
    for one in bins:
        shares = f"confidence {one.confidence:.2f}, right {one.right:.2f} of {one.number}"
        terminal.show(f"transfers of {one.low:.1f} to {one.high:.1f}: {shares}")
    if bins:
        terminal.show(f"expected calibration error {error:.3f}")


def _show_rules(passages: list[Any], outputs: list[Any], scored: list[Scored], terminal: Terminal) -> None:
    from extractor import frames

    langs = sorted({passage["lang"] for passage in passages if passage.get("lang") in get_args(Lang)})
    known = [row.id for lang in langs for row in frames.load(lang).rows]
    for rule in rules(passages, outputs, scored, known):
        fired = f"hits {rule.hits}  right {rule.right}  wrong {rule.hits - rule.right}" if rule.hits else "never fired"
        terminal.show(f"{rule.kind:8} {rule.name:32} {fired}")


def _show_errors(
    passages: list[dict[str, Any]], found: dict[str, Any], scored: list[Scored], limit: int, terminal: Terminal
) -> None:
    wrong = (
        (passage, one) for passage, one in zip(passages, scored, strict=True)
        if len({one.counts["transfer", key] for key in ("right", "gold", "found")}) > 1
    )  # fmt: skip
    for passage, _ in [pair for pair, _ in zip(wrong, range(limit), strict=False)]:
        lines = [f"--- {passage['id']}: {plain(passage.get('text', ''))}"]
        lines += (f"   gold  {_brief(t)}" for t in passage["transfers"])
        lines += (f"   found {_brief(t)} | {t.get('rule')}" for t in found.get(passage["id"], {}).get("transfers", ()))
        terminal.show("\n".join(lines))


def _brief(transfer: dict[str, Any]) -> str:
    roles = (f"{role}={plain((transfer.get(role) or {}).get('text') or '-')}" for role in ROLES)
    return " | ".join([*roles, str(transfer.get("status"))])


def _read_pins(path: Path) -> dict[str, dict[str, float]]:
    try:
        pins = json.loads(path.read_text(encoding="utf-8"))
        return {name: {figure: float(value) for figure, value in rows.items()} for name, rows in pins.items()}
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise InputError(f"{path}: no baseline file: {error}") from None
