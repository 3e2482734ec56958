"""The event log in PostgreSQL. Nothing outside of it imports psycopg, which a home with a file never loads."""
