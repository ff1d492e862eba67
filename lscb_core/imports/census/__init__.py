"""The children in need census: a stream of children, each counted and forgotten."""
