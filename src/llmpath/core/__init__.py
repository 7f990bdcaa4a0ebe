"""What the program knows: pure values and functions, no files, clock or terminal."""
