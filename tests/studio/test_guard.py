"""Who the studio answers: its own page, and nobody who only says so."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from deckbuilder.scaffold import make_deck
from deckbuilder.studio.app import make_app
from deckbuilder.studio.guard import MOST_JSON, Door
from deckbuilder.studio.training import name_of
from deckbuilder.studio.trainings import Trainings

SECRET = "a-secret-of-this-start"
HERE = "http://127.0.0.1:8765"
JSON = {"content-type": "application/json"}
OURS = {"origin": HERE}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("studio") / "my-training"
    make_deck(folder)
    return folder


@pytest.fixture(scope="module")
def name(place: Path) -> str:
    return name_of(place / "deck.yaml")


@pytest.fixture(scope="module")
def stranger(place: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Somebody who can reach the port, and knows nothing else."""
    patch = pytest.MonkeyPatch()
    patch.setenv("DECKBUILDER_STATE", str(tmp_path_factory.mktemp("state")))
    trainings = Trainings(examines=False)
    with TestClient(make_app(Door(8765, SECRET), trainings), base_url=HERE, follow_redirects=False) as client:
        assert client.portal is not None
        client.portal.call(trainings.open, place)
        yield client
    patch.undo()


@pytest.fixture
def page(stranger: TestClient) -> Iterator[TestClient]:
    """The studio's own page."""
    stranger.cookies.set("deckbuilder-8765", SECRET)
    yield stranger
    stranger.cookies.clear()


def test_without_the_secret_nothing_is_answered(stranger: TestClient, name: str) -> None:
    for path in ("/", f"/t/{name}", f"/t/{name}/view", f"/t/{name}/slide/s1/360", "/static/studio.css", "/folders"):
        assert stranger.get(path).status_code == 403, path
    assert stranger.get("/?key=another").status_code == 403
    stranger.cookies.set("deckbuilder-8765", "another")
    assert stranger.get("/").status_code == 403
    stranger.cookies.clear()


def test_the_address_that_is_printed_opens_the_door_and_hides_the_secret(stranger: TestClient, name: str) -> None:
    answer = stranger.get(f"/t/{name}?key={SECRET}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/t/{name}")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert stranger.get(f"/t/{name}").status_code == 200
    stranger.cookies.clear()


@pytest.mark.parametrize(
    "host", ["evil.example:8765", "127.0.0.1.evil.example:8765", "127.0.0.1:80", "192.168.1.4:8765", "", "localhost"]
)
def test_other_names_for_the_machine_are_refused(page: TestClient, host: str) -> None:
    """DNS rebinding: a page's own name is made to point at the loopback."""
    assert page.get("/", headers={"host": host}).status_code == 421
    assert page.get(f"/?key={SECRET}", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "[::1]:8765"])
def test_its_own_names_are_known(page: TestClient, host: str) -> None:
    assert page.get("/static/studio.css", headers={"host": host}).status_code == 200


def test_other_machines_are_let_in_by_number_where_that_was_wanted(place: Path) -> None:
    door = Door(8765, SECRET, open_to_others=True)
    with TestClient(make_app(door, Trainings(examines=False)), base_url="http://192.168.1.4:8765") as client:
        assert client.get("/").status_code == 403
        assert client.get(f"/?key={SECRET}").status_code == 200
        assert client.get("/", headers={"host": "evil.example:8765"}).status_code == 421


@pytest.mark.parametrize(
    "origin",
    [None, "null", "http://evil.example", "http://127.0.0.1:9999", f"{HERE}.evil.example", "https://127.0.0.1:8765"],
)
def test_other_pages_change_nothing(page: TestClient, name: str, place: Path, origin: str | None) -> None:
    headers = JSON | ({"origin": origin} if origin else {})
    answer = page.post(f"/t/{name}/look", content=json.dumps({"theme": "slate"}), headers=headers)
    assert answer.status_code == 403
    assert page.get(f"/t/{name}/view").json()["settings"]["theme"] == "spruce"


def test_browsers_that_say_where_a_request_is_from_are_believed(page: TestClient, name: str) -> None:
    for site in ("cross-site", "same-site"):
        assert page.get(f"/t/{name}/view", headers={"sec-fetch-site": site}).status_code == 403
        assert page.post("/open", json={"path": "/"}, headers=OURS | {"sec-fetch-site": site}).status_code == 403


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""]
)
def test_forms_are_not_json(page: TestClient, name: str, kind: str) -> None:
    answer = page.post(f"/t/{name}/look", content='{"theme": "slate"}', headers=OURS | {"content-type": kind})
    assert answer.status_code == 415


def test_nothing_is_changed_by_looking(page: TestClient, name: str) -> None:
    for path in ("look", "mend", "make", "reveal"):
        for ask in (page.get, page.delete, page.options, page.head):
            assert ask(f"/t/{name}/{path}").status_code in (405, 404), path
    for path in ("/open", "/new"):
        assert page.get(path).status_code == 405


def test_what_is_not_known_is_refused(page: TestClient, name: str) -> None:
    def ask(what: Any, path: str = f"/t/{name}/look") -> int:
        return page.post(
            path, content=what if isinstance(what, str) else json.dumps(what), headers=OURS | JSON
        ).status_code

    assert ask("{") == 422
    assert ask({"theme": "spruce", "more": 1}) == 422
    assert ask({"paper": "a3"}) == 422
    assert ask({"session": "../../etc/passwd"}) == 422
    assert ask({"session": "/etc/passwd"}) == 422
    assert ask({"themes": []}, f"/t/{name}/make") == 422
    assert ask({"finding": 0, "version": -1}, f"/t/{name}/mend") == 409
    assert ask({"path": "/etc/passwd"}, "/open") == 422
    assert ask({"folder": "/tmp", "name": "x", "source": "../../etc"}, "/new") == 422
    assert ask(" " * (MOST_JSON + 1)) == 413


def test_a_body_that_is_longer_than_it_says_is_cut_off(page: TestClient, name: str) -> None:
    def going_on() -> Iterator[bytes]:
        for _ in range(40):
            yield b" " * 100_000

    answer = page.post(f"/t/{name}/look", content=going_on(), headers=OURS | JSON)
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2f..%2f__init__.py", "/static//etc/passwd"]
)
def test_files_beside_the_page_are_not_handed_out(page: TestClient, path: str) -> None:
    assert page.get(path).status_code == 404


def test_pictures_and_pages_go_by_keys_alone(page: TestClient, name: str) -> None:
    key = page.get(f"/t/{name}/view").json()["training"]["sections"][0]["rows"][0]["frames"][0]
    answer = page.get(f"/t/{name}/slide/{key}/360")
    assert answer.content.startswith(b"\x89PNG")
    assert "immutable" in answer.headers["cache-control"]
    for path in (
        f"slide/{key}/361",
        f"slide/{key}/999999999",
        "slide/..%2f..%2f/360",
        "page/handout/x/1/360",
        "document/..%2fdeck/x",
        "made/0",
    ):
        assert page.get(f"/t/{name}/{path}").status_code == 404, path
    assert page.get("/t/another/view").status_code == 404


def test_every_answer_says_what_a_browser_may_do_with_it(page: TestClient, name: str) -> None:
    for path in ("/", f"/t/{name}", "/nowhere", "/static/studio.css"):
        headers = page.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "access-control-allow-origin" not in headers


def test_titles_are_text(page: TestClient, name: str, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from deckbuilder.studio import asking

    bad = {"deck": '/x"><script>alert(1)</script>', "title": "<script>alert(1)</script>"}
    monkeypatch.setattr(asking, "recent", lambda: [bad])
    text = page.get("/").text
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text


def test_a_studio_that_only_shows_changes_nothing(place: Path) -> None:
    trainings = Trainings(writable=False, examines=False)
    with TestClient(
        make_app(Door(8765, SECRET), trainings), base_url=HERE, cookies={"deckbuilder-8765": SECRET}
    ) as client:
        assert client.portal is not None
        name = client.portal.call(trainings.open, place).name
        for path, body in (("make", {}), ("mend", {"finding": 0, "version": 1}), ("reveal", {})):
            assert client.post(f"/t/{name}/{path}", json=body, headers=OURS).status_code == 403
        assert client.post("/new", json={"folder": "/tmp", "name": "x"}, headers=OURS).status_code == 403
        assert client.post(f"/t/{name}/look", json={"theme": "slate"}, headers=OURS).status_code == 200
        assert 'id="make"' not in client.get(f"/t/{name}").text
