"""What a coordinator may correct at the roster after authentication with a PIN."""
