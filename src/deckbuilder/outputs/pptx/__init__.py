"""Frames to an editable PowerPoint deck. python-pptx lives here and nowhere else."""
