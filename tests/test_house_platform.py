"""What the platform and the sign-in library offer and nobody here uses: it was proved to be unsafe."""

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CODE = [*ROOT.glob("lscb_core/**/*.py"), *ROOT.glob("pages/*.py"), ROOT / "app.py", ROOT / "manage.py"]
UNSAFE = {
    "data_editor": "obeys crafted messages: a closed column was changed, a row deleted",
    "cache_data": "gave one reader what another may see",
    "unsafe_allow_html": "runs what was typed",
    "exception": "shows an exception's text",
    "forgot_password": "changed a stranger's password at once",
    "reset_password": "the library's own",
    "register_user": "open to everybody",
    "update_user_details": "the library's own",
    "experimental_guest_login": "the library's own",
    "pickle": "runs what it reads",
    "eval": "runs what it is given",
}


def _names(tree: ast.AST) -> set[str]:
    """Every name that is called, reached for as `st.name`, or given as a keyword; and what is imported."""
    calls = {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    of = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    reached = {
        node.attr for node in of if isinstance(node.value, ast.Name) and node.value.id in ("st", "desk")
    }
    imported = {
        each.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for each in node.names
    }
    keywords = {node.arg for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg}
    return calls | reached | keywords | (imported & {"pickle"})


@cache
def _used() -> dict[str, set[str]]:
    return {str(path.relative_to(ROOT)): _names(ast.parse(path.read_text())) for path in CODE}


@pytest.mark.parametrize("name", sorted(UNSAFE))
def test_nobody_uses_it(name):
    users = [path for path, names in _used().items() if name in names]
    assert users == [], UNSAFE[name]


def test_a_use_would_be_seen():
    told = _names(ast.parse("st.data_editor(x)\nst.markdown(t, unsafe_allow_html=t)\neval(x)\nimport pickle"))
    assert {"data_editor", "unsafe_allow_html", "eval", "pickle"} <= told
