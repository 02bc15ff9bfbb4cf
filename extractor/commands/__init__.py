"""What the commands do, each in a module of its own; `extractor.cli` reads their options."""
