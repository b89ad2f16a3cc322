"""The domain as plain frozen data: what a measure, an amount, a total, a financing is. Knows no file."""
