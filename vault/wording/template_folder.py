"""Where the templates of pages, mails and bundles are."""

from pathlib import Path


def template_folder() -> Path:
    """Beside the package's modules when installed, beside the package in a checkout."""
    package = Path(__file__).parents[1]
    installed = package / "templates"
    return installed if installed.is_dir() else package.parent / "templates"
