"""A corporate template, .pptx or .potx: read as far as it goes, its layouts matched to our roles."""
