"""The words of documents: headings, titles and sentences, in both languages."""
