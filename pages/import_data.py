"""Which figures have come, and which are missing?"""

from lscb_core.ui.context import open_page
from lscb_core.ui.import_coverage import months, news
from lscb_core.ui.import_drawer import open_chosen_file
from lscb_core.ui.import_files import files
from lscb_core.ui.import_sending import is_manager, own_agencies, own_news, sending_part
from lscb_core.ui.import_settings import open_setting, settings_part
from lscb_core.ui.show import heading

with open_page(agency_first=True) as page:
    heading("Which figures have come, and which are missing?", own_news(page) or news(page))
    sending_part(page)
    months(page)
    if is_manager(page) or own_agencies(page):
        files(page, own=not is_manager(page))
        open_chosen_file(page)
    if is_manager(page):
        settings_part()
        open_setting(page.view)
