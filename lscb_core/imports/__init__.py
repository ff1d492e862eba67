"""From files to rows, with the problems found on the way."""
