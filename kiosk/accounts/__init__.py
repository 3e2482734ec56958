"""Who may do what: accounts, coordinators, tokens, and the secrets that they type."""
