"""What the figures say: tidy frames in, sentences out. Nothing is claimed that chance explains."""
