"""Who is in the building, by full name, and evacuation drills."""
