"""`python -m kerege`."""

from kerege.cli import main

main()
