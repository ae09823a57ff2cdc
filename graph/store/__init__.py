"""The store: where it is, how it is started, and the one way to talk to it."""
