"""Alembic's entry: one connection, one transaction for a migration, foreign keys off while tables are rebuilt."""

from __future__ import annotations

from typing import Any

from alembic import context
from sqlalchemy import Connection
from sqlmodel import SQLModel

import storage.tables  # noqa: F401  (fills the metadata)
from storage.backend import open_engine, ours


def run() -> None:
    """Migrate the database of the configuration's attributes (`engine`, or `url`)."""
    config = context.config
    engine = config.attributes.get("engine") or open_engine(config.attributes["url"])
    with engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            # Rebuilding a parent table with foreign keys on deletes its children (measured).
            connection.rollback()
            _foreign_keys(connection, "OFF")
        context.configure(
            connection=connection,
            target_metadata=SQLModel.metadata,
            render_as_batch=True,
            transactional_ddl=True,
            compare_type=True,
            include_name=ours,
        )
        try:
            with context.begin_transaction():
                context.run_migrations()
                if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    raise RuntimeError("the migration left rows that point at nothing")
            connection.commit()
        finally:
            if sqlite:
                # The connection goes back to the pool; within a transaction the pragma would do nothing.
                connection.rollback()
                _foreign_keys(connection, "ON")


def _foreign_keys(connection: Connection, state: str) -> None:
    driver: Any = connection.connection.driver_connection
    driver.execute(f"PRAGMA foreign_keys={state}")


run()
