"""Old decks, by whatever program they were made: read, their slides' kinds recognised, and written as a deck of ours.

`reader` and its neighbours read slides; `furniture` tells what stands on each of them; `recognise` finds the kinds by the
rules in `kinds/`; `making` makes the new deck and proves that it builds; `words` proves that no word was lost or invented;
`report` says what became of each slide.
"""
