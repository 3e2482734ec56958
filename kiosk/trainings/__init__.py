"""What a training needs to be complete: Taipei's table, and the unit's own beside its settings."""
