"""Pathways: coverage by step and territory (P-3)."""
