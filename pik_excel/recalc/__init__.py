"""What do the formulas give? The engine, and the gate in front of it: nothing is guessed."""
