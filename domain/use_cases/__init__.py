"""Use cases by actor: each loads streams, decides, and appends in one transaction."""
