"""Many workbooks as one list of measures: what each states, where, and what of it stands there twice."""
