"""The database as it stood at some moment, put back as often as tests ask: as migrations left it, or with the demo."""

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction

ROWS_AT_ONCE = 50  # SQLite takes no more than so many values at once


def tables():
    return connection.introspection.django_table_names(only_existing=True, include_views=False)


def keep():
    """{table: (its columns, its rows)} of every table that has some."""
    found = {table: everything_in(table) for table in tables()}
    return {table: (columns, rows) for table, (columns, rows) in found.items() if rows}


def everything_in(table):
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        return [column[0] for column in cursor.description], cursor.fetchall()


def put_back(kept):
    """Make the database hold these rows and no others, inside the transaction there is, or in one of its own."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table in tables():
            cursor.execute(f'DELETE FROM "{table}"')
        for table, (columns, rows) in kept.items():
            for first in range(0, len(rows), ROWS_AT_ONCE):
                insert(cursor, table, columns, rows[first : first + ROWS_AT_ONCE])
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models(include_auto_created=True)):
            cursor.execute(statement)


def insert(cursor, table, columns, rows):
    names = ", ".join(f'"{name}"' for name in columns)
    places = ", ".join([f"({', '.join(['%s'] * len(columns))})"] * len(rows))
    cursor.execute(f'INSERT INTO "{table}" ({names}) VALUES {places}', [value for row in rows for value in row])
