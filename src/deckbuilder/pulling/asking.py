"""Questions that stand on a slide and on its notes page, and were changed on one of them."""

from __future__ import annotations

from typing import Any

_ON_PAPER = ["handout", "guide"]  # what a question is taken for that only the notes page asks

Questions = list[dict[str, Any]]


def asked_once(before: Questions, after: Questions, anew: bool) -> Questions:
    """The questions that are asked afterwards, each once: one that slide and notes ask in different words was changed on one
    of the two, and is what it was not before. Where the deck itself asks otherwise since it was built (`anew`), the slide's
    words count."""
    asks = [question["ask"] for question in before]
    apart = [q for q in after if q.get("show") == _ON_PAPER and q not in before]
    out = [dict(q) for q in after if q not in apart]
    for extra in apart:
        more = {key: value for key, value in extra.items() if key not in ("ask", "show")}
        number = next(
            (n for n, ask in enumerate(asks[: len(out)]) if ask == extra["ask"] and out[n]["ask"] != ask), None
        )
        if number is not None:
            out[number] = {**more, **out[number]}
            continue
        lost = (n for n, one in enumerate(before[: len(out)]) if set(one) - set(out[n]) and out[n]["ask"] == one["ask"])
        number = next(lost, None)
        if number is not None:
            out[number] = {**out[number], **more} | ({} if anew else {"ask": extra["ask"]})
        else:
            out.append(extra)
    return out
