"""The words of documents: headings, titles and sentences, in both languages."""
"""The words of documents that are handed out, a file a subject."""
