"""`python -m bangfu.config.command`: the command where no script is on the path."""

from bangfu.config.command import main

if __name__ == "__main__":
    raise SystemExit(main())
