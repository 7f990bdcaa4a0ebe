"""What a command answers: values that every form of output is made from.

Each view has a JSON document, sentences for screen readers and, where it is more than
a few lines, a drawing for the terminal.
"""
