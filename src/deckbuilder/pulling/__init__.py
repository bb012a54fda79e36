"""Changes made in PowerPoint, back into the file: the deck as it is and the edited file are read by the same reader, so that
whatever differs is an edit; marks in the file say what it was when it was built."""
