"""For every test of the project: a property holds or does not; how long an example takes is not asked of it."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
