"""Which findings can be put right without a person's judgement, and how? One module a repair, found by import."""
