"""Handout and facilitator guide: Jinja2 templates -> markup -> ReportLab flowables -> PDF."""
