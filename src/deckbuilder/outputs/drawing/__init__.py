"""Frames drawn on a ReportLab canvas: thumbnails, with the same line breaks as the slides."""
