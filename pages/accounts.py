"""Who may sign in, and with which roles?"""

from lscb_core.accounts.held import held_accounts, posts
from lscb_core.config import now
from lscb_core.ui.account_drawer import open_chosen_account
from lscb_core.ui.account_list import account_table, headline, lead
from lscb_core.ui.desk import open_desk
from lscb_core.ui.show import heading

with open_desk() as desk:
    held = held_accounts(desk.session, actor=desk.person.id, now=now())
    heading(headline(held), lead(held))
    account_table(held, boards=len(posts(desk.session, actor=desk.person.id)))
    open_chosen_account(desk)
