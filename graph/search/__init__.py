"""The search for offers: criteria, one statement, one answer (docs/search.md, rules S-1 to S-9)."""
