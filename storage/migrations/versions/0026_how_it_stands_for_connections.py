"""A third kind of text for others: how it stands, for a connection that heard nothing for long"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

BEFORE = ("terugblik", "bericht", "raadpleging", "terugkoppeling", "inbreng")
AFTER = (*BEFORE, "stand van zaken")


def _one_of(values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name="bulletin_kind", native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    _between(BEFORE, AFTER)
    op.create_index("ix_bulletin_to_state", "bulletin", ["to", "state"])


def downgrade() -> None:
    op.drop_index("ix_bulletin_to_state", "bulletin")
    _between(AFTER, BEFORE)


def _between(old: tuple[str, ...], new: tuple[str, ...]) -> None:
    with op.batch_alter_table("bulletin") as batch:
        batch.drop_constraint(op.f("ck_bulletin_bulletin_kind"), type_="check")
        batch.alter_column("kind", existing_type=_one_of(old), type_=_one_of(new), existing_nullable=False)
