"""Who changed what, and does the chain of seals still hold?"""

from lscb_core.ui.context import open_page
from lscb_core.ui.history_list import whole_history
from lscb_core.ui.history_story import chosen, one_story

with open_page(agency_first=True) as page:
    record = chosen()
    if record:
        one_story(page, record)
    else:
        whole_history(page)
