"""From the settings to an open store: the embedded server is started if there is no address, the schema is in place."""

from collections.abc import Iterator
from contextlib import contextmanager

from graph.settings import Settings
from graph.store.connection import Store, connect
from graph.store.embedded import attach
from graph.store.endpoint import Endpoint
from graph.store.schema import ensure_schema


@contextmanager
def endpoint_of(settings: Settings) -> Iterator[Endpoint]:
    """Where the store of these settings answers; the embedded server is started if it does not run."""
    if settings.uri is None:
        with attach(settings) as endpoint:
            yield endpoint
        return
    yield Endpoint(settings.uri, settings.user, settings.password or "", settings.database)


@contextmanager
def open_store(settings: Settings) -> Iterator[Store]:
    """The store of these settings, with the schema of the model in place."""
    with endpoint_of(settings) as endpoint, connect(endpoint) as store:
        ensure_schema(store)
        yield store
