"""Let `python -m imsmap` do what `imsmap` does."""

from imsmap.cli import main

if __name__ == "__main__":
    main()
