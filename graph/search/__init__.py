"""The search for offers: criteria, one statement, one answer (docs/pathways.md, rules S-1 to S-9)."""
