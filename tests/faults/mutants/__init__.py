"""Bugs planted on purpose: each must be caught, within five minutes, by a layer of tests that passes without it.

A mutant is an exact piece of the product's text and what stands there instead. It is applied to a copy of the
sources in a temporary folder, never to the project itself. `python -m tests.faults.mutants [--only NAME] [--seed N]`.
"""
