"""What setup.cfg cannot say: packages that are found, and one more whose folder lies beside them."""

from setuptools import find_packages, setup

setup(packages=[*find_packages(include=["vault*", "workers*"]), "vault.templates"])
