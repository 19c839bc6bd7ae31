"""Analyses become rows of one SQLite file, and rows become answers."""
