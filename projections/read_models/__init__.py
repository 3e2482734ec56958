"""Read models, one a file: a row class and the query that lists its rows."""
