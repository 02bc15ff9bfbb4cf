"""The command line. What a command needs is imported inside it: ``--help`` must not wait for spaCy."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Optional

import typer

from extractor import __version__, options
from extractor.errors import ExtractorError
from extractor.options import LabelChoice, LangChoice, ViewChoice

app = typer.Typer(
    name="extractor",
    help="Read French and English news about arms: who supplies what to whom, who says so, and the sentence that proves it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


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
    inputs: options.Inputs,
    outputs: options.Outputs = None,
    lang: options.Lang = LangChoice.auto,
    date: options.Dateline = None,
    view: options.View = ViewChoice.entities,
    labels: options.Labels = LabelChoice.fr,
    table: Annotated[bool, typer.Option("--table", help="Show the table of transfers also when files are written.")] = False,
    status: options.Status = None,
    types: options.Types = None,
    since: options.Since = None,
    until: options.Until = None,
    min_weight: options.Weight = 1,
    min_confidence: options.Confidence = 0.0,
    lexicon: options.Lexicon = None,
    model_fr: options.ModelFr = "",
    model_en: options.ModelEn = "",
    workers: options.Workers = 1,
    quiet: options.Quiet = False,
) -> None:
    """Find the transfers in articles; write them to files or, without -o, show them as a table."""
    from extractor.commands.extract import Job, run
    from extractor.pipeline import Options
    from extractor.report import Terminal

    job = Job(
        inputs=tuple(inputs),
        outputs=tuple(outputs or ()),
        options=Options(lang.value, options.models(model_fr, model_en), str(lexicon) if lexicon else None),
        day=options.day(date),
        view=view.value,
        labels=labels.value,
        filters=options.filters(status, types, since, until, min_weight, min_confidence),
        workers=workers,
        table=table or not outputs,
    )
    terminal = Terminal(quiet)
    run(job, terminal)
    raise typer.Exit(1 if terminal.failures else 0)


@app.command()
def explain(
    inputs: Annotated[
        list[str], typer.Argument(metavar="TEXT|INPUT...", help="A sentence in quotes, or inputs as for extract.")
    ],
    lang: options.Lang = LangChoice.auto,
    date: options.Dateline = None,
    html: Annotated[
        Optional[Path], typer.Option("--html", metavar="FILE", help="Draw the transfers over their sentences, too.")
    ] = None,
    lexicon: options.Lexicon = None,
    model_fr: options.ModelFr = "",
    model_en: options.ModelEn = "",
) -> None:
    """Show what was found in a text and why: rules, words, cues; and why a trigger gave nothing."""
    from extractor.commands.explain import run
    from extractor.pipeline import Options
    from extractor.report import Terminal

    terminal = Terminal()
    chosen = Options(lang.value, options.models(model_fr, model_en), str(lexicon) if lexicon else None)
    run(tuple(inputs), chosen, options.day(date), html, terminal)
    raise typer.Exit(1 if terminal.failures else 0)


@app.command()
def evaluate(
    gold: Annotated[list[Path], typer.Argument(metavar="GOLD.jsonl...", help="Annotated passages.")],
    predicted: Annotated[
        Optional[Path],
        typer.Option("--predicted", metavar="FILE", help="Score this output instead of extracting anew."),
    ] = None,
    minimum: Annotated[
        Optional[list[str]],
        typer.Option("--min", metavar="FIGURE=VALUE", help="Fail below it, as in --min transfer.f1=0.5. May be repeated."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print every figure as one JSON object a gold file.")] = False,
    errors: Annotated[int, typer.Option("--errors", metavar="N", help="Show N passages whose transfers are wrong.")] = 0,
    rules: Annotated[bool, typer.Option("--rules", help="Show for each rule how often it fired and was right.")] = False,
    baseline: Annotated[
        Optional[Path],
        typer.Option("--baseline", metavar="FILE", help="Fail where a figure is below the one pinned in this file."),
    ] = None,
    pin: Annotated[bool, typer.Option("--pin", help="Write the figures into the --baseline file as its new pins.")] = False,
    lexicon: options.Lexicon = None,
    model_fr: options.ModelFr = "",
    model_en: options.ModelEn = "",
    workers: options.Workers = 1,
    quiet: options.Quiet = False,
) -> None:
    """Measure what is extracted from annotated passages against their annotation."""
    from extractor.commands.evaluate import Measure, minima, run
    from extractor.pipeline import Options
    from extractor.report import Terminal

    if pin and not baseline:
        raise typer.BadParameter("--pin needs --baseline FILE")
    try:
        floors = minima(minimum or [])
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--min") from None
    terminal = Terminal(quiet)
    measure = Measure(
        gold=tuple(gold),
        predicted=predicted,
        floors=floors,
        as_json=as_json,
        errors=errors,
        rules=rules,
        baseline=baseline,
        pin=pin,
        options=Options(models=options.models(model_fr, model_en), lexicon=str(lexicon) if lexicon else None),
        workers=workers,
    )
    run(measure, terminal)
    raise typer.Exit(1 if terminal.failures else 0)


Written = Annotated[
    list[Path], typer.Argument(metavar="FILE...", help=".jsonl, or .graphml of the claims view: they keep the records.")
]
Targets = Annotated[
    list[Path], typer.Option("--output", "-o", metavar="FILE", help="Write this file; its suffix names the format.")
]


@app.command()
def convert(
    files: Written,
    outputs: Targets,
    view: options.View = ViewChoice.entities,
    labels: options.Labels = LabelChoice.fr,
    status: options.Status = None,
    types: options.Types = None,
    since: options.Since = None,
    until: options.Until = None,
    min_weight: options.Weight = 1,
    min_confidence: options.Confidence = 0.0,
    quiet: options.Quiet = False,
) -> None:
    """Write files of this program in other formats, views or selections, without extracting anew."""
    from extractor.commands.combine import rewrite
    from extractor.report import Terminal

    terminal = Terminal(quiet)
    chosen = options.filters(status, types, since, until, min_weight, min_confidence)
    rewrite(tuple(files), tuple(outputs), view.value, labels.value, chosen, terminal)
    raise typer.Exit(1 if terminal.failures else 0)


@app.command()
def merge(
    files: Written,
    outputs: Targets,
    view: options.View = ViewChoice.entities,
    labels: options.Labels = LabelChoice.fr,
    quiet: options.Quiet = False,
) -> None:
    """Put several files of this program together; a claim that two of them hold counts once."""
    from extractor.commands.combine import rewrite
    from extractor.filters import Filters
    from extractor.report import Terminal

    terminal = Terminal(quiet)
    rewrite(tuple(files), tuple(outputs), view.value, labels.value, Filters(), terminal)
    raise typer.Exit(1 if terminal.failures else 0)


@app.command()
def conflicts(files: Written, labels: options.Labels = LabelChoice.fr, quiet: options.Quiet = False) -> None:
    """List the transfers that one source affirms and another denies."""
    from extractor.commands.combine import show_conflicts
    from extractor.report import Terminal

    show_conflicts(tuple(files), labels.value, Terminal(quiet))


Corpora = Annotated[Path, typer.Argument(metavar="CORPORA", help="The folder of treebanks and texts: see the README.")]
Model = Annotated[Path, typer.Option("--output", "-o", metavar="MODEL", help="Write the model into this folder.")]


@app.command("train-french")
def train_french(corpora: Corpora, output: Model) -> None:
    """Tune the French parser's layers on treebanks, as those were that the package ships."""
    from extractor.training.french import train

    train(corpora, output, say=typer.echo)


@app.command("train-english")
def train_english(
    corpora: Corpora,
    output: Model,
    own: Annotated[Path, typer.Option("--names", metavar="FOLDER", help="The project's own passages with names.")] = Path("data/training"),
) -> None:
    """Train the English pipeline that the package ships."""
    from extractor.training.english import train

    train(corpora, own, output, say=typer.echo)


@app.command()
def fit(
    gold: Annotated[list[Path], typer.Argument(metavar="GOLD.jsonl...", help="Annotated passages.")],
    lang: Annotated[options.LabelChoice, typer.Option("--lang", help="The language whose weights are fitted.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="WEIGHTS.json", help="Write the weights here.")],
) -> None:
    """Fit the weights by which the matcher chooses among readings."""
    from extractor.commands.train import fit as run
    from extractor.report import Terminal

    run(tuple(gold), lang.value, output, Terminal())


def main() -> None:
    """Run the command line: exit code 0, 1 for input or output trouble, 2 for wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Callable[..., Any] | None = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")  # a terminal that isn't UTF-8 must not end the run
    try:
        app()
    except ExtractorError as error:
        typer.echo(f"extractor: error: {error}", err=True)
        sys.exit(1)
    except BrokenPipeError:  # the reader of our output has seen enough
        sys.stderr.close()
        sys.exit(1)


if __name__ == "__main__":
    main()
