"""A made country in the real file formats, seeded, of any size: what the national loads are measured on."""
