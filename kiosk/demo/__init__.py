"""The demonstration: a household registration office, one month of its roster, and one day at its door."""
