"""The product's deciders, relay, consumers, reconciler and sender in a world that is simulated: time, network, bus,
databases. Everything that happens follows from a seed, so whatever goes wrong can be played again.

Real here: services/*/domain and their policies, ledger.collector and ledger.repository, bus.relay, bus.publisher,
bus.reconciler, bus.topology, bus.pull, bus.plain_reader, bus.consumer, bus.effect, bus.desk, chassis.reacting,
notification.sender. Simulated: the event loop's clock and turns (`loop.py`), the connection and the server of the bus
(`client.py`, `jetstream.py`), PostgreSQL's part of a ledger (`database.py`, `store.py`), the clerks who ask
(`clerk.py`).

That the simulated bus behaves like a nats-server is tested in tests/integration/test_simulated_bus_is_like_nats.py.
"""
