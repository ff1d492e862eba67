"""What does each figure mean, and where does it come from?"""

from lscb_core.ui.about_parts import board, compared, hidden, measures, roles, sources
from lscb_core.ui.context import open_page
from lscb_core.ui.show import heading

with open_page() as page:
    heading(
        "What do these figures mean?",
        "What each one counts, how it is compared, what is hidden, where it comes from, and who may do what.",
    )
    board(page)
    measures(page)
    compared()
    hidden(page)
    roles(page)
    sources(page)
