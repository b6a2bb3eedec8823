"""What a store in S3 needs to know."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class S3Settings:
    """`endpoint` is ``host`` or ``host:port``; `spool` a local folder where an upload is hashed before it is sent.

    `lock_days`: for so many days after it was put, an object cannot be deleted by anyone (object lock in compliance
    mode); 0 asks for no lock. Times are seconds; each request is tried `retries` times more.
    """

    endpoint: str
    bucket: str
    access_key: str
    spool: Path
    secret_key: str = field(repr=False)
    prefix: str = ""
    region: str = "us-east-1"
    secure: bool = True
    lock_days: int = 0
    connect_seconds: float = 3.0
    read_seconds: float = 30.0
    retries: int = 3
