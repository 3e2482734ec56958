"""Events are filed as facts: under whom and under which service day. Nothing is judged here."""
