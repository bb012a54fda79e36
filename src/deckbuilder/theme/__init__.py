"""How things look: palette, fonts, text styles and slide layouts, read from a theme pack."""
