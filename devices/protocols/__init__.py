"""How each family of readers speaks: frames, and the conversation with those that must be asked. Pure."""
