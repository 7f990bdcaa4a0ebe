"""Commands: parse, load, call the core, render."""
