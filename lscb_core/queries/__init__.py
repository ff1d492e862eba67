"""Questions: a session and a view (which carries who asks) in, a tidy frame with documented columns out."""
