"""Both doors at one handle: `psoas` and `python -m psoas`."""

from psoas.cli import terminal
from psoas.web.serving import link, serve

terminal.add_command(serve)
terminal.add_command(link)


def main() -> None:
    """Run the command line."""
    terminal(prog_name="psoas")


if __name__ == "__main__":
    main()
