"""A made-up country in the real file formats, of any size, the same for the same seed: for benchmarks of loading, never for answers."""
