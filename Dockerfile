# One box: the server, the built client, the packs. Exercises live in the volume /data.
#   docker build -t kerege . && docker run -p 8000:8000 -v kerege-data:/data kerege

FROM node:24-slim AS client
WORKDIR /app/client_web
COPY client_web/package.json client_web/package-lock.json client_web/.npmrc ./
RUN npm ci --no-audit --no-fund
COPY client_web ./
RUN npm run build

FROM python:3.13-slim AS packages
RUN python -m venv /opt/venv
COPY requirements.lock requirements-build.lock /tmp/
RUN /opt/venv/bin/pip install --no-cache-dir --only-binary :all: --require-hashes \
    -r /tmp/requirements.lock -r /tmp/requirements-build.lock

FROM python:3.13-slim
# The same folders as a checkout: the server finds client_web/dist and scenarios beside itself.
WORKDIR /app
COPY --from=packages /opt/venv /opt/venv
COPY pyproject.toml LICENSE ./
COPY server server
RUN /opt/venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation --no-index --editable .
COPY scenarios scenarios
COPY --from=client /app/client_web/dist client_web/dist

RUN useradd --system --uid 10001 --no-create-home kerege && install -d -o kerege -m 0700 /data
USER kerege
VOLUME /data
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    PORT=8000 NO_BROWSER=1 KEREGE_HOST=0.0.0.0 KEREGE_DATA=/data
EXPOSE 8000
# No curl in the slim image; Python is there anyway.
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/healthz', timeout=2)"]
# SIGTERM lets the journal finish its batch.
STOPSIGNAL SIGTERM
CMD ["kerege", "run"]
