FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 VAR_DIR=/var/lib/plenum STATIC_ROOT=/srv/static
WORKDIR /app

COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes -r requirements.txt

COPY . .
# The secret and the host are for this one command; nothing of them stays in the image.
RUN SECRET_KEY=unused ALLOWED_HOSTS=unused python manage.py collectstatic --no-input \
    && install --directory --owner=10001 "$VAR_DIR"

USER 10001
EXPOSE 8000
CMD ["gunicorn", "conference.wsgi", "--bind=0.0.0.0:8000", "--workers=2", "--access-logfile=-"]
