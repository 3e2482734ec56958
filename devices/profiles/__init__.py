"""Reader profiles: what a reader prints, turned into a card number; data files, detection, encoder."""
