"""Core values to other people's formats and back."""
