"""Right, all of it: the instructor's solutions as they are."""
