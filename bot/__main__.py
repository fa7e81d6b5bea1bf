"""`python -m bot`, for those who know where they are; everybody else starts `overlegbot`."""

import sys

from bot.cli import main

if __name__ == "__main__":
    sys.exit(main())
