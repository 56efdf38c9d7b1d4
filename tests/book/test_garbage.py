import gc

import pytest

from funnelbook.book.garbage import let_lie


def test_no_garbage_is_looked_for_meanwhile_and_then_as_before():
    with pytest.raises(KeyError), let_lie():
        with let_lie():
            assert not gc.isenabled()
        assert not gc.isenabled()
        raise KeyError
    assert gc.isenabled()
