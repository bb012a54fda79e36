# deckbuilder and all that its documents need; nothing else has to be installed.
#
#     docker build -t deckbuilder .
#     docker run --rm -v "$PWD:/trainings" -u "$(id -u):$(id -g)" deckbuilder build my-training
FROM python:3.12-slim

COPY pyproject.toml README.md LICENSE constraints.txt /source/
COPY src /source/src
COPY themes /source/themes
COPY content /source/content
RUN pip install --no-cache-dir -c /source/constraints.txt "/source[cloud,cluster]" && rm -r /source

# Whoever runs it may be anybody, and have no home.
ENV HOME=/tmp DECKBUILDER_CACHE=off
WORKDIR /trainings
ENTRYPOINT ["deckbuilder"]
