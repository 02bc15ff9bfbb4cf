"""The command line. What a command needs is imported inside it: ``--help`` must not wait for spaCy."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Optional

import typer

from extractor import __version__
from extractor.errors import ExtractorError

app = typer.Typer(
    name="extractor",
    help="Read French and English news about arms: who supplies what to whom, who says so, and the sentence that proves it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


class LangChoice(StrEnum):
    """Values of ``--lang``."""

    auto = "auto"
    fr = "fr"
    en = "en"


class ViewChoice(StrEnum):
    """Values of ``--view``."""

    entities = "entities"
    claims = "claims"
    actors = "actors"


Inputs = Annotated[
    list[str],
    typer.Argument(metavar="INPUT...", help="Text files, folders, JSON Lines of articles, or - for standard input."),
]
Outputs = Annotated[
    Optional[list[Path]],  # noqa: UP045  (typer reads it at run time)
    typer.Option("--output", "-o", metavar="FILE", help="Write this file; its suffix names the format. May be repeated."),
]
LangOption = Annotated[LangChoice, typer.Option("--lang", help="Language of the articles; auto tells them apart.")]
DateOption = Annotated[
    Optional[datetime],  # noqa: UP045
    typer.Option("--date", formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="Date of the articles that carry none."),
]
LexiconOption = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("--lexicon", metavar="FILE", help="Your own lexicon.yaml, laid over the built-in names."),
]
ModelFr = Annotated[str, typer.Option("--model-fr", metavar="NAME", help="Another spaCy model for French.")]
ModelEn = Annotated[str, typer.Option("--model-en", metavar="NAME", help="Another spaCy model for English.")]
WorkersOption = Annotated[int, typer.Option("--workers", min=1, max=64, help="Processes to share the work.")]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"extractor {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")] = False,
) -> None:
    """Options of every command."""


@app.command()
def extract(
    inputs: Inputs,
    outputs: Outputs = None,
    lang: LangOption = LangChoice.auto,
    date: DateOption = None,
    view: Annotated[ViewChoice, typer.Option("--view", help="Which graph: see the README.")] = ViewChoice.entities,
    table: Annotated[bool, typer.Option("--table", help="Show the table of transfers also when files are written.")] = False,
    lexicon: LexiconOption = None,
    model_fr: ModelFr = "",
    model_en: ModelEn = "",
    workers: WorkersOption = 1,
    quiet: QuietOption = False,
) -> None:
    """Find the transfers in articles; write them to files or, without -o, show them as a table."""
    from extractor.commands.extract import Job, run
    from extractor.report import Terminal

    job = Job(
        inputs=tuple(inputs),
        outputs=tuple(outputs or ()),
        lang=lang.value,
        models=_models(model_fr, model_en),
        date=date.date() if date else None,
        view=view.value,
        lexicon=str(lexicon) if lexicon else None,
        workers=workers,
        table=table or not outputs,
    )
    terminal = Terminal(quiet)
    run(job, terminal)
    raise typer.Exit(1 if terminal.failures else 0)


@app.command()
def evaluate(
    gold: Annotated[list[Path], typer.Argument(metavar="GOLD.jsonl...", help="Annotated passages.")],
    predicted: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--predicted", metavar="FILE", help="Score this output instead of extracting anew."),
    ] = None,
    minimum: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option("--min", metavar="FIGURE=VALUE", help="Fail below it, as in --min transfer.f1=0.5. May be repeated."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print every figure as one JSON object a gold file.")] = False,
    errors: Annotated[int, typer.Option("--errors", metavar="N", help="Show N passages whose transfers are wrong.")] = 0,
    baseline: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--baseline", metavar="FILE", help="Fail where a figure is below the one pinned in this file."),
    ] = None,
    pin: Annotated[bool, typer.Option("--pin", help="Write the figures into the --baseline file as its new pins.")] = False,
    lexicon: LexiconOption = None,
    model_fr: ModelFr = "",
    model_en: ModelEn = "",
    workers: WorkersOption = 1,
    quiet: QuietOption = False,
) -> None:
    """Measure what is extracted from annotated passages against their annotation."""
    from extractor.commands.evaluate import Measure, minima, run
    from extractor.report import Terminal

    if pin and not baseline:
        raise typer.BadParameter("--pin needs --baseline FILE")
    try:
        floors = minima(minimum or [])
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--min") from None
    terminal = Terminal(quiet)
    run(
        Measure(
            gold=tuple(gold),
            predicted=predicted,
            floors=floors,
            as_json=as_json,
            errors=errors,
            baseline=baseline,
            pin=pin,
            lexicon=str(lexicon) if lexicon else None,
            models=_models(model_fr, model_en),
            workers=workers,
        ),
        terminal,
    )
    raise typer.Exit(1 if terminal.failures else 0)


@app.command()
def explain(
    inputs: Annotated[
        list[str], typer.Argument(metavar="TEXT|INPUT...", help="A sentence in quotes, or inputs as for extract.")
    ],
    lang: LangOption = LangChoice.auto,
    date: DateOption = None,
    html: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--html", metavar="FILE", help="Draw the transfers over their sentences, too."),
    ] = None,
    lexicon: LexiconOption = None,
    model_fr: ModelFr = "",
    model_en: ModelEn = "",
) -> None:
    """Show what was found in a text and why: rules, words, cues; and why a trigger gave nothing."""
    from extractor.commands.explain import run
    from extractor.pipeline import Options
    from extractor.report import Terminal

    terminal = Terminal()
    options = Options(lang.value, _models(model_fr, model_en), str(lexicon) if lexicon else None)
    run(tuple(inputs), options, date.date() if date else None, html, terminal)
    raise typer.Exit(1 if terminal.failures else 0)


def _models(model_fr: str, model_en: str) -> tuple[tuple[str, str], ...]:
    return tuple((code, name) for code, name in (("fr", model_fr), ("en", model_en)) if name)


def main() -> None:
    """Run the command line: exit code 0, 1 for input or output trouble, 2 for wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Callable[..., Any] | None = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")  # a terminal that isn't UTF-8 must not end the run
    try:
        app()
    except ExtractorError as error:
        typer.echo(f"extractor: {error}", err=True)
        sys.exit(1)
    except BrokenPipeError:  # the reader of our output has seen enough
        sys.stderr.close()
        sys.exit(1)


if __name__ == "__main__":
    main()
