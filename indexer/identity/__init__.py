"""Who is who: what each document says of a person, and which of those of one name are one person."""
