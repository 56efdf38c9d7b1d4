import math
from datetime import datetime
import pytest, warnings
from hypothesis import given, settings, HealthCheck, strategies as st
from anything import *
from funnelbook.formulas.cells import FormulaError, CellError
from funnelbook.formulas.catalogue import FORMULAS
def check(rows):
    assert isinstance(rows,list) and rows and all(isinstance(r,list) and len(r)==len(rows[0])>0 for r in rows)
    for v in (v for r in rows for v in r):
        assert isinstance(v,(str,float,bool,datetime,CellError)), repr(v)
        if isinstance(v,float): assert math.isfinite(v)
@pytest.mark.parametrize("name",FORMULAS)
def test_any(name):
    f=FORMULAS[name]
    @settings(max_examples=4000,deadline=None,suppress_health_check=list(HealthCheck),derandomize=False,database=None)
    @given(arguments(f,cells,anything), st.sampled_from(["zh","en"]))
    def go(args,lang):
        rows=f.call(args,lang); check(rows)
        try: f.result(args,lang)
        except FormulaError as e: assert e.code!="unexpected", e.fields
    go()
