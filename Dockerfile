# syntax=docker/dockerfile:1
FROM python:3.13.9-slim-trixie AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
RUN python -m venv /venv
ENV PATH=/venv/bin:$PATH
COPY requirements.txt .
RUN pip install --require-hashes -r requirements.txt
COPY . .
# The secret and the host are for this one command; nothing of them stays in the image.
RUN SECRET_KEY=unused ALLOWED_HOSTS=unused STATIC_ROOT=/srv/static VAR_DIR=/tmp/var python manage.py collectstatic --no-input

FROM python:3.13.9-slim-trixie
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 VAR_DIR=/var/lib/plenum STATIC_ROOT=/srv/static
WORKDIR /app
RUN install --directory --owner=10001 "$VAR_DIR" /run/plenum /var/lib/plenum-pages
COPY --from=build /venv /venv
COPY --from=build /srv/static /srv/static
COPY --from=build /app /app
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=10s --start-period=20s CMD ["python", "deploy/alive.py"]
CMD ["gunicorn", "--config=deploy/gunicorn.conf.py", "conference.wsgi"]
