"""Tidy frames become charts.

Each kind of chart is a module with `columns` (what its frame must hold), `spec(ink, ...)` (the finished
Vega-Lite drawing, without data, made once), `table(frame, ...)` (the rows of all its layers, told apart by
`part`) and `alt_text(frame, ...)` (the finding in words). Where a drawing depends on the data, `shape(frame)`
gives the rounded arguments of `spec`. No figure is worked out here that a reader could mistake for a finding:
shares, ranges and limits arrive in the frame.
"""
