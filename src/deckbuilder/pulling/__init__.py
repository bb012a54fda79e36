"""Changes that were made in PowerPoint, brought back into the deck's file."""
