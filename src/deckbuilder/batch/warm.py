"""Imported once, before workers are forked: what builds import late."""

from __future__ import annotations

import deckbuilder.batch.working
import deckbuilder.content.markdown
import deckbuilder.layout.arrange
import deckbuilder.layout.mirror
import deckbuilder.outputs.pages.writer
import deckbuilder.outputs.pptx.writer  # noqa: F401
