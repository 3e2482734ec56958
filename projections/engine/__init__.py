"""The views' engine: build, follow the log, recompute stale days, rebuild and compare."""
