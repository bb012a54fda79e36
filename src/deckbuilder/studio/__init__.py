"""The studio: a page on one's own machine that shows a training as it will be printed, beside the same `deck.yaml`.

    server      finds a port, serves, opens the browser             commands/studio.py calls it
    app         addresses, and what each answers; guard, who may ask
    trainings   what is open; training, one of them: read, arranged, drawn, watched, told to the page; state, what is known of it
    view        a training as the page sees it, plain data          examine, findings and pages, by a process of their own
    raster      pages of PDF as pictures                            static/, templates/, words/: the page itself

Everything is made by the Python API; the deck's file stays the one truth, and whatever is shown was made from it.
"""
