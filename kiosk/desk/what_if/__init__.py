"""What would change if a rule, a shift or a visit were another one."""
