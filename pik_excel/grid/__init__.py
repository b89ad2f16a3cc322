"""What stands in the cells: values, formulas, references, formats. Bytes come from `ooxml`, meaning from `layout`."""
