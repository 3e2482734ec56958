"""Events become facts in tables, filed by volunteer and service day. Nothing is evaluated here."""
