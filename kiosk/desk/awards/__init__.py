"""Awards at the desk: candidates, what lacks, what was given."""
