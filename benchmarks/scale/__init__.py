"""Many workbooks: made, checked by processes and by a Dask cluster, measured. `python -m benchmarks.scale --help`."""
