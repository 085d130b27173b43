"""Alembic migrations of the library's database, one file a version."""
