"""What the tests share: workbooks, judges from outside, doubles and measures; imported as `support.x`."""
