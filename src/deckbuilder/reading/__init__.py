"""From files to content: YAML with positions, variables, and every problem found at once."""
