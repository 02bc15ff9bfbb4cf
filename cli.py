"""Run the command line from a checkout: ``python cli.py extract …``."""

from extractor.cli import main

if __name__ == "__main__":
    main()
