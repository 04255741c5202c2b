"""Fixed fault scenarios: each breaks one thing on a whole running platform, measures, and checks everything."""
