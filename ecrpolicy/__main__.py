"""`python -m ecrpolicy`."""

import sys

from ecrpolicy.cli.main import main

sys.exit(main())
