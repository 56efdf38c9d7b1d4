/* What VBA does in Excel, in C: CreateObject, and late-bound calls with VARIANTs as cells bring them.
   Commands come line by line, values as tests/support/rig/client.py writes them, and so does the answer go back. */
#define COBJMACROS
#include <windows.h>
#include <oleauto.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const GUID NOTHING;
static IDispatch *engine;
static char *at; /* where the command is read */
static char line[64 << 20];

static char *word(void) { char *start = at; while (*at && *at != '\x1f') at++; if (*at) *at++ = 0; return start; }

static BSTR text(const char *utf8) {
  int n = MultiByteToWideChar(CP_UTF8, 0, utf8, -1, 0, 0);
  BSTR s = SysAllocStringLen(0, n - 1);
  MultiByteToWideChar(CP_UTF8, 0, utf8, -1, s, n);
  return s;
}

/* A Range of Excel's: Value is all it has. It counts how often it is asked, by whomever. */
static struct range { IDispatchVtbl *table; VARIANT cells; } ranges[8];
static int range_count, asked, reads;

static double now(void) { LARGE_INTEGER at, each; QueryPerformanceCounter(&at); QueryPerformanceFrequency(&each); return 1e3 * at.QuadPart / each.QuadPart; }

static HRESULT WINAPI r_query(IDispatch *me, REFIID iid, void **out) {
  if (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, &IID_IDispatch)) { *out = 0; return E_NOINTERFACE; }
  *out = me; return S_OK;
}
static ULONG WINAPI r_ref(IDispatch *me) { return 1; }
static HRESULT WINAPI r_count(IDispatch *me, UINT *n) { *n = 0; return S_OK; }
static HRESULT WINAPI r_info(IDispatch *me, UINT i, LCID l, ITypeInfo **out) { *out = 0; return E_NOTIMPL; }
static HRESULT WINAPI r_names(IDispatch *me, REFIID iid, LPOLESTR *names, UINT n, LCID l, DISPID *ids) { asked++; *ids = 1; return S_OK; }
static HRESULT WINAPI r_invoke(IDispatch *me, DISPID id, REFIID iid, LCID l, WORD how, DISPPARAMS *p, VARIANT *out, EXCEPINFO *e, UINT *n) {
  asked++;
  if (out) { VariantInit(out); VariantCopy(out, &((struct range *)me)->cells); }
  return S_OK;
}
static IDispatchVtbl range_table = {r_query, r_ref, r_ref, r_count, r_info, r_names, r_invoke};

static void put(VARIANT *v) {
  char *w = word();
  VariantInit(v);
  switch (*w++) {
  case 'n': v->vt = VT_R8; v->dblVal = atof(w); break;
  case 'd': v->vt = VT_DATE; v->date = atof(w); break;
  case 'c': v->vt = VT_CY; v->cyVal.int64 = atoll(w); break;
  case 's': v->vt = VT_BSTR; v->bstrVal = text(w); break;
  case 'b': v->vt = VT_BOOL; v->boolVal = *w == '1' ? VARIANT_TRUE : VARIANT_FALSE; break;
  case 'e': v->vt = VT_ERROR; v->scode = (SCODE)strtoul(w, 0, 16); break;
  case 'R': { /* a Range of the cells that follow */
    struct range *made = ranges + range_count++ % 8;
    made->table = &range_table;
    put(&made->cells);
    v->vt = VT_DISPATCH; v->pdispVal = (IDispatch *)made;
  } break;
  case 'r': { /* cells: rows, columns, then each; one row of an array constant has rows 0 */
    LONG rows = atol(w), columns = atol(word());
    SAFEARRAYBOUND size[2] = {{rows, 1}, {columns, 1}};
    v->vt = VT_ARRAY | VT_VARIANT;
    v->parray = rows ? SafeArrayCreate(VT_VARIANT, 2, size) : SafeArrayCreate(VT_VARIANT, 1, size + 1);
    for (LONG i = 1; i <= (rows ? rows : 1); i++)
      for (LONG j = 1; j <= columns; j++) {
        VARIANT cell; LONG two[2] = {i, j};
        put(&cell); SafeArrayPutElement(v->parray, rows ? two : &j, &cell); VariantClear(&cell);
      }
  } break; /* '_' is an empty cell */
  }
}

static void say(const wchar_t *wide) {
  int n = WideCharToMultiByte(CP_UTF8, 0, wide, -1, 0, 0, 0, 0);
  char *b = malloc(n);
  WideCharToMultiByte(CP_UTF8, 0, wide, -1, b, n, 0, 0);
  for (char *c = b; *c; c++) if (*c == '\n' || *c == '\r') *c = ' ';
  fputs(b, stdout); free(b);
}

static void show(VARIANT *v) {
  if (v->vt & VT_ARRAY) {
    LONG top, bottom, left = 1, right = 1; UINT dims = SafeArrayGetDim(v->parray);
    SafeArrayGetLBound(v->parray, 1, &top); SafeArrayGetUBound(v->parray, 1, &bottom);
    if (dims == 2) { SafeArrayGetLBound(v->parray, 2, &left); SafeArrayGetUBound(v->parray, 2, &right); }
    printf("r%ld\x1f%ld", dims == 2 ? bottom - top + 1 : 0, dims == 2 ? right - left + 1 : bottom - top + 1);
    for (LONG i = top; i <= bottom; i++)
      for (LONG j = left; j <= right; j++) {
        VARIANT cell; LONG two[2] = {i, j};
        VariantInit(&cell); SafeArrayGetElement(v->parray, two, &cell);
        putchar('\x1f'); show(&cell); VariantClear(&cell);
      }
    return;
  }
  switch (v->vt) {
  case VT_EMPTY: case VT_NULL: putchar('_'); break;
  case VT_R8: printf("n%.17g", v->dblVal); break;
  case VT_I4: printf("n%ld", v->lVal); break;
  case VT_DATE: printf("d%.17g", v->date); break;
  case VT_BOOL: printf("b%d", v->boolVal ? 1 : 0); break;
  case VT_BSTR: putchar('s'); if (v->bstrVal) say(v->bstrVal); break;
  case VT_ERROR: printf("e%08lx", (unsigned long)v->scode); break;
  default: printf("?%x", v->vt);
  }
}

static HRESULT call(IDispatch *on, const wchar_t *name, VARIANT *args, int n, VARIANT *out) { /* args last first */
  DISPID id; LPOLESTR names = (LPOLESTR)name;
  HRESULT hr = IDispatch_GetIDsOfNames(on, &NOTHING, &names, 1, LOCALE_USER_DEFAULT, &id);
  DISPPARAMS p = {args, 0, n, 0};
  if (out) VariantInit(out);
  return hr ? hr : IDispatch_Invoke(on, id, &NOTHING, LOCALE_USER_DEFAULT, DISPATCH_METHOD, &p, out, 0, 0);
}

static HRESULT create(void) { /* as CreateObject of VBA */
  CLSID clsid;
  if (engine) IDispatch_Release(engine);
  engine = 0;
  HRESULT hr = CLSIDFromProgID(L"Funnelbook.Engine", &clsid);
  return hr ? hr : CoCreateInstance(&clsid, 0, CLSCTX_LOCAL_SERVER, &IID_IDispatch, (void **)&engine);
}

/* engine.formula(name ByVal String, given ByRef Variant); of a Range it gives the values, as FbCall of the add-in */
static HRESULT formula(VARIANT *out) {
  VARIANT args[2], given; BSTR name = text(word()); LONG n = atol(word());
  SAFEARRAYBOUND size = {n, 0};
  VariantInit(&given); given.vt = VT_ARRAY | VT_VARIANT; given.parray = SafeArrayCreate(VT_VARIANT, 1, &size);
  asked = 0;
  for (LONG i = 0; i < n; i++) {
    VARIANT v, cells; put(&v);
    if (v.vt == VT_DISPATCH && !call(v.pdispVal, L"Value", 0, 0, &cells)) { VariantClear(&v); v = cells; }
    SafeArrayPutElement(given.parray, &i, &v); VariantClear(&v);
  }
  reads = asked; asked = 0;
  args[1].vt = VT_BYREF | VT_BSTR; args[1].pbstrVal = &name;
  args[0].vt = VT_BYREF | VT_VARIANT; args[0].pvarVal = &given;
  HRESULT hr = engine ? call(engine, L"formula", args, 2, out) : E_POINTER;
  VariantClear(&given); SysFreeString(name);
  return hr;
}

int main(void) {
  CoInitializeEx(0, COINIT_APARTMENTTHREADED);
  while (fgets(line, sizeof line, stdin)) {
    VARIANT out; double before = now(); HRESULT hr = E_NOTIMPL;
    line[strcspn(line, "\r\n")] = 0; at = line; VariantInit(&out);
    char *what = word();
    if (!strcmp(what, "create")) hr = create();
    else if (!strcmp(what, "formula")) hr = formula(&out);
    else if (!strcmp(what, "asked")) { out.vt = VT_I4; out.lVal = asked; hr = S_OK; }
    else if (!strcmp(what, "reads")) { out.vt = VT_I4; out.lVal = reads; hr = S_OK; }
    else if (!strcmp(what, "release")) { if (engine) IDispatch_Release(engine); engine = 0; hr = S_OK; }
    else if (!strcmp(what, "method")) { BSTR name = text(word()); hr = engine ? call(engine, name, 0, 0, 0) : E_POINTER; SysFreeString(name); }
    printf("%08lx\x1f%.3f\x1f", (unsigned long)hr, now() - before);
    if (hr == S_OK) show(&out);
    putchar('\n'); fflush(stdout); VariantClear(&out);
  }
  if (engine) IDispatch_Release(engine);
  CoUninitialize();
  return 0;
}
