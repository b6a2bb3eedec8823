# One image for web, worker and scheduler; docker-compose.yml says which one a container is.

FROM node:22-bookworm-slim AS front-end
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
COPY tools/front-end.sh tools/
RUN tools/front-end.sh

FROM python:3.12-slim-bookworm AS build
WORKDIR /src
COPY requirements requirements
RUN python -m venv /opt/sellervault \
    && /opt/sellervault/bin/pip install --no-cache-dir --require-hashes --requirement requirements/run.txt
COPY setup.py setup.cfg pyproject.toml README.md ./
COPY templates templates
COPY workers workers
COPY vault vault
COPY --from=front-end /src/vault/web/static/vendor vault/web/static/vendor
RUN /opt/sellervault/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.12-slim-bookworm
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        bubblewrap fonts-dejavu-core fonts-droid-fallback fonts-open-sans libharfbuzz-subset0 libpango-1.0-0 \
        libpangoft2-1.0-0 tesseract-ocr tesseract-ocr-deu tesseract-ocr-eng tesseract-ocr-fra tesseract-ocr-ita \
        tesseract-ocr-osd tesseract-ocr-spa \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --user-group --home-dir /var/lib/sellervault vault \
    && install --directory --owner=vault --group=vault --mode=0700 /var/lib/sellervault
COPY --from=build /opt/sellervault /opt/sellervault
ENV PATH=/opt/sellervault/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    VAULT_HOME=/var/lib/sellervault \
    VAULT_HOST=0.0.0.0
USER vault
WORKDIR /var/lib/sellervault
VOLUME /var/lib/sellervault
EXPOSE 8080
STOPSIGNAL SIGTERM
ENTRYPOINT ["sellervault"]
CMD ["run"]
