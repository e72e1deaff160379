"""The Admin API: organizations, users, dimensions (legacy) and accounts, categories (v1)."""
