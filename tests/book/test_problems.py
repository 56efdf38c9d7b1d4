"""Problems as they are shown and read back."""

from __future__ import annotations

import pandas as pd

from funnelbook.book.problems import schema_names, shown


def test_a_row_that_a_user_typed_into_problems_stays_as_it_is():
    read = schema_names(pd.DataFrame({"table": ["客户", None, "别的"], "column": ["级别", None, "级别"]}, dtype=object))
    assert read.to_numpy().tolist() == [["Customers", "tier"], [None, None], ["别的", "级别"]]
    assert shown(read, "en").to_numpy().tolist() == [["Customers", "Tier"], [None, None], ["别的", "级别"]]
