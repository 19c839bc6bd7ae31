"""The command `nianlun`, and `python -m nianlun` where its script is not on the path."""

from nianlun.interrupts import leave_at_once


def main() -> None:
    """Run the command line, so that Ctrl-C is answered even while that is loaded."""
    leave_at_once()
    from nianlun.cli import main as run

    run()


if __name__ == "__main__":
    main()
