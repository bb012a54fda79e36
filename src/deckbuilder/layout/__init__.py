"""From content and a theme to frames: positioned items, their text measured and proven to fit."""
