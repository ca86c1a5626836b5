"""`python -m icvkg.cli` does what `icvkg` does."""

from icvkg.cli.main import main

main()
