from deckbuilder.commands import run

run()
