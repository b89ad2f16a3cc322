"""How good are the findings? Workbooks made at random, clean or with one planted defect, and `check` on them."""
