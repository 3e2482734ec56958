"""Tables of an office turned into batch commands: whose columns are what, whose rows are right."""
