"""What a coordinator who has proved who they are may settle at the roster."""
