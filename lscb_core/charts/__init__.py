"""Tidy frames become charts.

Each kind of chart is a module with

- `columns`: what its frame must hold;
- `shape(frame, …)`: the few rounded facts that the drawing depends on;
- `spec(ink, **shape)`: the finished Vega-Lite drawing without data, made once and kept;
- `table(frame, …)`: one Arrow table with the rows of all layers, told apart by `part`;
- `alt_text(frame, …)`: the finding in words and figures.

`shape`, `table` and `alt_text` are called with the same options and let by those of the others. No figure
is worked out here that a reader could take for a finding: shares, ranges, limits and signals arrive in the
frame.
"""
