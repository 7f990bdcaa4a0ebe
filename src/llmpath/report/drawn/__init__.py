"""Core values to Rich renderables; the only package that imports Rich."""
