"""Every sentence that a person reads: one table of words a language."""
