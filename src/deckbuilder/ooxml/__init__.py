"""Office Open XML packages: parts and how they refer to one another, read from a zip file and written into one."""
