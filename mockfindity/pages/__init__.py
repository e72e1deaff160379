"""What people read in a browser: pages, what they are made of, and the OpenAPI documents."""
