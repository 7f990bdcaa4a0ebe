"""Core values to text and JSON documents; no I/O and no decisions."""
