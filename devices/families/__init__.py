"""The profiles that come with the product, a file a family of readers, and how such files are read."""
