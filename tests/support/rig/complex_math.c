/* The functions of complex numbers that Windows' C library has and Wine 8's has not: numpy and scipy import them.
   Microsoft's structures _C_double_complex and _C_float_complex are passed as they are here. */
#include <complex.h>
#include <math.h>

typedef struct { double r, i; } D;
typedef struct { float r, i; } F;

#define IN(a) __builtin_complex((double)(a).r, (double)(a).i)
#define OUT(T, w) do { double complex z = (w); T o = {__real__ z, __imag__ z}; return o; } while (0)
#define ONE(name) D fx_##name(D a) { OUT(D, name(IN(a))); } F fx_##name##f(F a) { OUT(F, name(IN(a))); } D fx_##name##l(D a) { OUT(D, name(IN(a))); }
#define REAL(name) double fx_##name(D a) { return name(IN(a)); } float fx_##name##f(F a) { return name(IN(a)); } double fx_##name##l(D a) { return name(IN(a)); }

ONE(cacos) ONE(cacosh) ONE(casin) ONE(casinh) ONE(catan) ONE(catanh) ONE(ccos) ONE(ccosh) ONE(cexp) ONE(clog) ONE(conj) ONE(cproj)
ONE(csin) ONE(csinh) ONE(csqrt) ONE(ctan) ONE(ctanh)
REAL(cabs) REAL(carg) REAL(cimag) REAL(creal)
D fx_cpow(D a, D b) { OUT(D, cpow(IN(a), IN(b))); }
F fx_cpowf(F a, F b) { OUT(F, cpow(IN(a), IN(b))); }
D fx_cpowl(D a, D b) { OUT(D, cpow(IN(a), IN(b))); }
