"""The entrance screen."""
