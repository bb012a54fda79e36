"""`studio` and `preview`: a training in the browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from deckbuilder.commands.shown import FAILED, command_name

_LOOPBACK = "127.0.0.1"

Host = Annotated[
    str,
    typer.Option(
        "--host", help="Where to listen; other machines are let in with --token only.", show_default=_LOOPBACK
    ),
]
Port = Annotated[
    int, typer.Option("--port", help="The port; a free one unless given.", min=0, max=65535, show_default=False)
]
Token = Annotated[
    str | None,
    typer.Option(
        "--token",
        help="The secret in the address, of 16 letters at least; a new one each start unless given.",
        envvar="DECKBUILDER_TOKEN",
        show_default=False,
    ),
]
Browser = Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page.")]
Editor = Annotated[
    str | None,
    typer.Option(
        "--editor",
        envvar="DECKBUILDER_EDITOR",
        help="The address by which your editor opens a line, as 'vscode://file/{file}:{line}:{column}'.",
        show_default=False,
    ),
]


def studio(
    deck: Annotated[
        Path | None,
        typer.Argument(
            help="The folder that holds deck.yaml, or the file itself; without it a start page.", show_default=False
        ),
    ] = None,
    read_only: Annotated[bool, typer.Option("--read-only", help="Show, and let nobody change anything.")] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="Where files go that are made; beside the training's folder unless given.",
            show_default=False,
        ),
    ] = None,
    host: Host = _LOOPBACK,
    port: Port = 0,
    token: Token = None,
    browser: Browser = True,
    editor: Editor = None,
    shortcut: Annotated[
        Path | None,
        typer.Option(
            "--shortcut",
            help="Write a file that starts the studio by a double click into this folder, and end.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Make, change and look at a training in the browser, on this machine alone.

    Slides, handout and guide are shown as they will be printed, beside what there is to say of them;
    what any editor saves is shown at once. Ctrl-C ends it.

    Example: deckbuilder studio my-training
    """
    if shortcut is not None:
        from deckbuilder.studio.shortcut import write_shortcut

        try:
            typer.echo(str(write_shortcut(shortcut, deck)))
        except OSError as error:
            typer.echo(f"The shortcut cannot be written: {error.strerror or error}", err=True)
            raise typer.Exit(FAILED) from None
        return
    _serve(deck, not read_only, host, port, token, browser, editor, output)


def preview(
    deck: Annotated[
        Path, typer.Argument(help="The folder that holds deck.yaml, or the file itself.", show_default=False)
    ],
    host: Host = _LOOPBACK,
    port: Port = 0,
    token: Token = None,
    browser: Browser = True,
    editor: Editor = None,
) -> None:
    """Look at a training in the browser while you write it: `studio --read-only`.

    Example: deckbuilder preview my-training
    """
    _serve(deck, False, host, port, token, browser, editor, None)


def _serve(
    deck: Path | None,
    writable: bool,
    host: str,
    port: int,
    token: str | None,
    browser: bool,
    editor: str | None,
    output: Path | None,
) -> None:
    if host not in (_LOOPBACK, "::1", "localhost") and token is None:
        raise typer.BadParameter("other machines are let in with --token only.", param_hint="--host")
    if token is not None and len(token) < 16:
        raise typer.BadParameter("has 16 letters at least.", param_hint="--token")
    if deck is not None and not (deck / "deck.yaml" if deck.is_dir() else deck).is_file():
        hint = f"give the folder that holds deck.yaml, or the file itself; '{command_name()} new NAME' makes one"
        typer.echo(f"error: there is no deck at {deck}\nhint: {hint}", err=True)
        raise typer.Exit(FAILED)
    from deckbuilder.studio.server import serve

    def told(address: str) -> None:
        typer.echo(f"The studio is at {address}\nCtrl-C ends it.")

    try:
        serve(
            deck,
            writable=writable,
            host=_LOOPBACK if host == "localhost" else host,
            port=port,
            token=token,
            browser=browser,
            editor=editor,
            output=output,
            told=told,
        )
    except KeyboardInterrupt:
        typer.echo("\nThe studio has ended; everything is in the training's files.", err=True)
    except OSError as error:
        typer.echo(f"The studio cannot listen at {host}:{port}: {error.strerror or error}", err=True)
        raise typer.Exit(FAILED) from None
