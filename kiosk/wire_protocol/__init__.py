"""What a kiosk with a log of its own and the hub of its unit send each other: the messages, and their bytes."""
