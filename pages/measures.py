"""Which measures have really changed, and who has explained it?"""

from lscb_core.ui.context import open_page
from lscb_core.ui.measure_parts import card_groups, from_documents, nothing, opening, who_sends

with open_page() as page:
    opening(page)
    card_groups(page)
    from_documents(page)
    nothing(page)
    who_sends(page)
