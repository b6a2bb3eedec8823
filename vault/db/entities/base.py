"""What all entities share."""

from datetime import datetime
from typing import Annotated, Any

from sqlalchemy import ForeignKey, MetaData, String
from sqlalchemy.orm import DeclarativeBase, mapped_column

from vault.db.types import Json, UtcDateTime
from vault.domain.ids import ID_LENGTH, new_id

Id = Annotated[str, mapped_column(String(ID_LENGTH), primary_key=True, default=new_id)]
AccountId = Annotated[str, mapped_column(String(ID_LENGTH), ForeignKey("seller_accounts.id"))]


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime(), dict[str, Any]: Json(), list[Any]: Json()}
