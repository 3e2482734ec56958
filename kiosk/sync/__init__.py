"""A kiosk joins the hub of its unit, and the two exchange what they have recorded: the side of the kiosk."""
