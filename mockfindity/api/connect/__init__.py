"""The Connect API: exports, their packages, and what a client reports back."""
