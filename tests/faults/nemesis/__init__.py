"""Breaks the running platform in every way the design speaks of, while clerks work, and checks what is left.

    make faults MINUTES=30 SEED=7        python -m tests.faults.nemesis --minutes 30 --seed 7

up, child               the platform as `huiyin up --processes`, each service wrapped
controls                what the nemesis orders the services to do wrong
crash_points            named places at which a service kills itself
misbehaviour            wrong clocks, broken handlers, disorderly deliveries
proxy, stage            a proxy on every link, a hand on every process
faults, on_*            the kinds of fault, and the seeded plan
nemesis                 plays the plan
workload, history       clerks, and every act: asked, acknowledged, unknown
world, gather           what is left, read as an auditor would
check_*, checker        the invariants of reliability.md §3.4, and the shortest history of a violation
spoilt                  ways to spoil a world: every invariant must find its own
campaign, __main__      all of it, and the report

A new kind of fault is one function with `@kind(...)` in one of the `on_*` files; a new invariant is one function in a
`check_*` file, its name in `checker.INVARIANTS`, and a way to spoil it in `spoilt.SPOILT`.
"""
