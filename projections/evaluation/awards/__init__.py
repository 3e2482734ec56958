"""Awards, honor cards and certificates: rules as data, facts of a volunteer, and what they add up to. Pure."""
