"""Where compliance obligations come from."""

# Annotations are values here, no texts: whoever reads the library asks for each, and need not compile it first.

from imsmap.values import frozen


@frozen
class Obligation:
    """Where a compliance obligation comes from: the law, permit or contract, and the place in it."""

    law: str
    place: str = ""
