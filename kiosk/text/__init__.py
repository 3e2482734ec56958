"""Text as a screen or a terminal takes it: masked, made harmless, wrapped."""
