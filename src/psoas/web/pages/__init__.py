"""The pages, one module a room. A view is a function of ten lines: read, ask the desk, render."""
