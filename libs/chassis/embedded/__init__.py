"""PostgreSQL and NATS as supervised children, so that ``huiyin up`` needs nothing but Python.

One directory holds everything (``state``), two servers live in it (``postgres``, ``nats``), one supervisor
keeps them running, and ``endpoints`` replaces either by a server of the operator's when the environment
says so.
"""
