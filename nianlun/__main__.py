"""`python -m nianlun`: the command, where its script is not on the path."""

from nianlun.cli import main

if __name__ == "__main__":
    main()
