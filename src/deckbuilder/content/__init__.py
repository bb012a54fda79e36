"""What a deck is: frozen data that knows no theme, no layout and no output."""
