"""The pages of documents: what they say, files of them, and whether one that was handed out is genuine."""
