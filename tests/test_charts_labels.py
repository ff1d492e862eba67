"""Names beside marks: none covers another, none leaves the field."""

from hypothesis import given, settings
from hypothesis import strategies as st

from lscb_core.charts.labels import CHARACTER, Box, Mark, place_labels

WIDTH, HEIGHT = 712, 344
marks_anywhere = st.lists(
    st.builds(
        Mark,
        x=st.floats(0, WIDTH),
        y=st.floats(0, HEIGHT),
        text=st.sampled_from(["GPs 24%", "Children's services 23%", "Police 42%", "Voluntary sector 35%"]),
        above=st.booleans(),
    ),
    max_size=14,
)


def _box(mark, place):
    half = len(mark.text) * CHARACTER / 2
    x, y = mark.x + place.dx, mark.y + place.dy
    return Box(x - half, y - 8, x + half, y + 8)


def _overlap(one, other):
    """Counted by area, another way than the code does."""
    wide = min(one.right, other.right) - max(one.left, other.left)
    tall = min(one.bottom, other.bottom) - max(one.top, other.top)
    return max(wide, 0) * max(tall, 0)


@settings(max_examples=200, deadline=None)
@given(marks_anywhere)
def test_no_name_covers_a_name_or_a_mark_or_leaves_the_field(marks):
    line = Box(0, 170, WIDTH, 174)
    places = place_labels(marks, width=WIDTH, height=HEIGHT, clear=[line])
    boxes = [_box(mark, place) for mark, place in zip(marks, places, strict=True) if place]
    dots = [Box(mark.x - 6, mark.y - 6, mark.x + 6, mark.y + 6) for mark in marks]
    for at, box in enumerate(boxes):
        others = [*boxes[:at], *dots, line]
        assert all(_overlap(box, other) < 1e-6 for other in others)
        assert box.left >= -1e-6
        assert box.top >= -1e-6
        assert box.right <= WIDTH + 1e-6
        assert box.bottom <= HEIGHT + 1e-6


def test_a_lonely_name_stands_above_or_below_as_asked():
    for above in (True, False):
        [place] = place_labels([Mark(300, 170, "Police 42%", above)], width=WIDTH, height=HEIGHT)
        assert place.dx == 0
        assert (place.dy < 0) is above


def test_the_first_mark_chooses_first():
    crowd = [Mark(300, 170, name) for name in ("Police 42%", "Schools 27%")]
    first, second = place_labels(crowd, width=WIDTH, height=HEIGHT)
    assert first == place_labels(crowd[:1], width=WIDTH, height=HEIGHT)[0]
    assert second != first


def test_a_name_that_has_no_room_is_left_out_not_drawn_over_another():
    crowd = [Mark(100, 100, "Children's services 23%")] * 14
    places = place_labels(crowd, width=WIDTH, height=HEIGHT)
    assert None in places
    assert places[0] is not None


def test_at_an_edge_a_name_moves_inwards():
    [place] = place_labels([Mark(5, 335, "Children's services 23%", False)], width=180, height=HEIGHT)
    assert place.dx > 0
    assert place.dy < 0


def test_boxes_that_only_touch_do_not_meet():
    assert not Box(0, 0, 10, 10).meets(Box(10, 0, 20, 10))
    assert Box(0, 0, 10, 10).meets(Box(9, 9, 20, 20))
