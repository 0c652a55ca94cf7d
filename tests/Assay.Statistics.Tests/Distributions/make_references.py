#!/usr/bin/env python3
"""Writes the reference values of the distribution tests.

Needs python3-mpmath (made with 1.2.1). Every value is computed with 60 digits or more from the definition: mpmath's own functions,
hypergeometric series of positive terms, or quadrature of the density; none by the formulas of the library. No chance, no clock:

    python3 make_references.py > references.csv

A row is: function, up to four arguments (exact doubles), value. Values of tails and masses are natural logarithms.
"""

from mpmath import betainc, erfc, exp, expm1, gammainc, inf, log, log1p, loggamma, mp, mpf, nstr, pi, quad, sqrt

mp.dps = 60


def row(name, arguments, value):
    fields = [repr(a) for a in arguments] + [""] * (4 - len(arguments))
    print(",".join([name, *fields, nstr(value, 20)]), flush=True)


def positive_series(ratio):
    """1 + r(0) + r(0) r(1) + …"""
    total, term, n = mpf(1), mpf(1), 0
    while n < 50 or term > total * mpf(10) ** -mp.dps:
        term *= ratio(n)
        total += term
        n += 1
    return total


# Incomplete gamma: ln P and ln Q.

def gamma_tails(a, x):
    if x <= a + 20 * sqrt(a):
        lower = a * log(x) - x - loggamma(a + 1) + log(positive_series(lambda n: x / (a + 1 + n)))
        if x <= a:
            return lower, log1p(-exp(lower))
    if a > 1000:
        front = a * log(x) - x - loggamma(a)
        scale = 1 / max(sqrt(a), x - a)
        upper = front + log(quad(lambda u: exp((a - 1) * log1p(u) - x * u), [0, scale, 4 * scale, 16 * scale, 64 * scale, 300 * scale]))
    else:
        upper = log(gammainc(a, x, inf)) - loggamma(a)
    return log1p(-exp(upper)), upper


# Incomplete beta: ln I_x(a, b) and ln (1 − I_x(a, b)), by the side of the mean on which x lies.

def beta_tails(x, y, a, b):
    if a * y >= b * x:
        lower = beta_lower(x, y, a, b)
        return lower, log1p(-exp(lower))
    upper = beta_lower(y, x, b, a)
    return log1p(-exp(upper)), upper


def beta_lower(x, y, a, b):
    front = a * log(x) + b * log(y) + loggamma(a + b) - loggamma(a) - loggamma(b)
    if max(a, b) <= 100:
        return log(betainc(a, b, 0, x, regularized=True))
    if y > mpf("0.003") and a < 1e6:
        return front - log(a) + log(positive_series(lambda n: (a + b + n) / (a + 1 + n) * x))
    fall = (a - 1) / x - (b - 1) / y
    scale = 1 / max(fall, sqrt(a / x ** 2 + b / y ** 2))
    points = [p * scale for p in (0, 1, 4, 16, 64, 256) if p * scale < x]
    ratio = quad(lambda s: exp((a - 1) * log1p(-s / x) + (b - 1) * log1p(s / y)), points + ([x] if len(points) < 6 else []))
    return front + log(ratio / (x * y))


def student_upper(t, df):
    """ln P(T > t), t ≥ 0."""
    a, odds = mpf(df) / 2, mpf(t) ** 2 / df
    density = loggamma(a + mpf(1) / 2) - loggamma(a) - log(pi * df) / 2 - (a + mpf(1) / 2) * log1p(odds)
    if t == 0:
        return log(mpf(1) / 2)
    if odds < 2 and t < 6:
        y = odds / (1 + odds)
        return log(mpf(1) / 2 - exp(density) * t * positive_series(lambda n: (a + mpf(1) / 2 + n) / (mpf(3) / 2 + n) * y))
    if df <= 200:
        x = 1 / (1 + odds)
        front = a * log(x) + log(odds / (1 + odds)) / 2 + loggamma(a + mpf(1) / 2) - loggamma(a) - log(pi) / 2
        if odds >= 0.02:
            return front - log(2 * a) + log(positive_series(lambda n: (a + mpf(1) / 2 + n) / (a + 1 + n) * x))
    scale = (df + mpf(t) ** 2) / ((df + 1) * mpf(t))
    scale = min(scale, mpf(t))
    ratio = quad(lambda s: exp(-(a + mpf(1) / 2) * log1p((2 * t * s + s * s) / (df + mpf(t) ** 2))), [p * scale for p in (0, 1, 4, 16, 64, 256, 2000)] + [inf])
    return density + log(ratio)


def normal_upper(z):
    return log(erfc(z / sqrt(mpf(2))) / 2)


# Quantiles: Newton on the log tail with 40 digits from a bisection.

def solve(tail, target, low, high):
    """tail falls from low to high."""
    for _ in range(60):
        middle = (low + high) / 2
        if tail(middle) > target:
            low = middle
        else:
            high = middle
    x0, x1 = low, high
    f0, f1 = tail(x0) - target, tail(x1) - target
    for _ in range(5):
        if f1 == f0:
            break
        x0, x1 = x1, x1 - f1 * (x1 - x0) / (f1 - f0)
        f0, f1 = f1, tail(x1) - target
        if abs(x1 - x0) < abs(x1) * mpf(10) ** -30:
            break
    return x1


def normals():
    for z in (0.0, 1e-300, 1e-10, 0.1, 0.5, 1.0, 1.4142135623730951, 1.959963984540054, 2.5, 3.3, 4.0, 5.5, 7.0, 8.2, 12.5, 20.0, 30.0, 37.0, 37.5, 38.6, 50.0, 100.0, 1414.0):
        row("normal_upper", [z], normal_upper(mpf(z)))
        row("normal_upper", [-z], log1p(-exp(normal_upper(mpf(z)))))
    for q in (0.5, 0.4999999, 0.45, 0.3, 0.1, 0.075, 0.0749, 0.025, 0.01, 1e-3, 1e-5, 1e-8, 1.3e-11, 1.4e-11, 1e-15, 1e-30, 1e-100, 1e-200, 1e-300):
        z = mpf(0) if q == 0.5 else solve(normal_upper, log(mpf(q)), mpf(0), mpf(60))
        row("normal_upper_quantile", [q], z)
        if 1 - q != 1:
            p = mpf(1 - q)
            row("normal_quantile", [1 - q], mpf(0) if q == 0.5 else solve(normal_upper, log(1 - p), mpf(0), mpf(60)))


def students():
    for df in (0.1, 0.5, 1.0, 1.7, 2.0, 2.31, 3.5, 5.0, 9.5, 19.99, 20.0, 33.3, 100.0, 250.5, 1000.0, 12345.6, 1e6, 1e7, 1e10):
        for t in (1e-8, 0.1, 0.7, 1.0, 1.5, 1.96, 2.5, 2.83, 3.7, 6.0, 10.0, 37.0, 50.0, 1000.0, 1e6):
            row("student_upper", [t, df], student_upper(mpf(t), mpf(df)))
        row("student_upper", [-1.3, df], log1p(-exp(student_upper(mpf(1.3), mpf(df)))))
        row("student_upper", [-40.0, df], log1p(-exp(student_upper(mpf(40.0), mpf(df)))))


def student_quantiles():
    for df in (0.5, 1.0, 1.5, 2.0, 2.5, 5.5, 12.0, 29.7, 100.0, 1000.5, 1e5, 1e7, 1e10):
        for q in (0.49999, 0.4, 0.26, 0.25, 0.2, 0.1, 0.025, 0.005, 1e-4, 1e-7, 1e-15, 1e-60, 1e-300):
            if df < 1 and q < 1e-20:
                continue
            target = log(mpf(q))
            s = solve(lambda s: student_upper(exp(s), mpf(df)), target, mpf(-14), max(mpf(5), -target * 2 / df + 5) if df < 50 else mpf(5))
            row("student_upper_quantile", [q, df], exp(s))


def gammas():
    for a in (0.001, 0.05, 0.3, 0.5, 0.999, 1.0, 3.5, 10.0, 59.9, 60.1, 500.0, 1e4, 1e6, 5e7):
        spread = a ** 0.5
        points = {a * f for f in (1e-30, 0.001, 0.1, 0.5, 0.9, 1.0, 1.5, 3.0)} | {a + z * spread for z in (-30, -8, -3, -1, -0.1, 0.1, 1, 3, 8, 37)}
        points |= {0.3, 1.5, 40.0, 700.0} if a < 1000 else set()
        for x in sorted(p for p in points if p > 0):
            if a > 1e5 and abs(x - a) > 40 * spread:
                continue
            lower, upper = gamma_tails(mpf(a), mpf(x))
            row("gamma_lower", [x, a], lower)
            row("gamma_upper", [x, a], upper)


def gamma_quantiles():
    for a in (0.05, 0.5, 1.0, 3.5, 59.0, 61.0, 1e4, 1e6):
        for p in (1e-300, 1e-20, 0.001, 0.3, 0.5, 0.9):
            if a >= 0.5 or p > 1e-10:
                low, high = (log(mpf(p)) + loggamma(mpf(a) + 1)) / a - 1, log(mpf(a) + 800 + 60 * sqrt(mpf(a)))
                if a > 100:
                    low = max(low, log(mpf(a)) - 40 / sqrt(mpf(a)))
                s = solve(lambda s: gamma_tails(mpf(a), exp(s))[1] if p > 0.5 else -gamma_tails(mpf(a), exp(s))[0], log(1 - mpf(p)) if p > 0.5 else -log(mpf(p)), low, high)
                row("gamma_quantile", [p, a], exp(s))
            low = mpf(-300) if a < 1 else log(mpf(a)) - 1
            s = solve(lambda s: gamma_tails(mpf(a), exp(s))[1], log(mpf(p)), low if a < 100 else log(mpf(a)), log(mpf(a) + 900 + 60 * sqrt(mpf(a)))) if p < 0.4 else None
            if s is not None:
                row("gamma_upper_quantile", [p, a], exp(s))


BETAS = [(0.001, 0.001), (0.001, 10.0), (0.5, 0.5), (0.5, 3.0), (1.0, 1.0), (1.0, 1e8), (2.5, 7.0), (30.0, 30.5), (59.0, 2000.0), (61.0, 62.0), (61.0, 2000.0), (1e3, 1e6), (1e4, 1e4), (10.0, 1e9), (3.0, 1e5), (1e5, 12.0), (1e6, 1e3), (1e6, 1e6), (1e8, 1e8), (1e5, 1e8), (5e8, 50.5)]


def beta_points(a, b):
    mean, spread = a / (a + b), (a * b / (a + b + 1)) ** 0.5 / (a + b)
    points = {mean * f for f in (1e-30, 0.01, 0.5, 0.9)} | {mean + z * spread for z in (-30, -5, -1, 0, 0.1, 1, 5, 30)} | {1 - (1 - mean) * f for f in (0.5, 0.01)}
    return sorted(p for p in points if 0 < p < 1 and (max(a, b) < 1e6 or abs(p - mean) < 60 * spread or p < mean * 1e-20))


def betas():
    for a, b in BETAS:
        for x in beta_points(a, b):
            lower, upper = beta_tails(mpf(x), 1 - mpf(x), mpf(a), mpf(b))
            row("beta_lower", [x, a, b], lower)
            row("beta_upper", [x, a, b], upper)


def beta_quantiles():
    for a, b in [(0.5, 0.5), (0.5, 3.0), (1.0, 30.0), (2.5, 7.0), (8.0, 93.0), (59.0, 2000.0), (61.0, 62.0), (1e3, 1e6), (3.0, 1e9)]:
        for p in (1e-300, 1e-12, 0.025, 0.5, 0.975):
            def falls(s):
                x, y = 1 / (1 + exp(-s)), 1 / (1 + exp(s))
                lower, upper = beta_tails(x, y, mpf(a), mpf(b))
                return -lower if p <= 0.5 else upper
            power = (log(mpf(p)) + log(mpf(a)) + loggamma(mpf(a)) + loggamma(mpf(b)) - loggamma(mpf(a) + b)) / a
            s = solve(falls, -log(mpf(p)) if p <= 0.5 else log(1 - mpf(p)), min(power, log(mpf(a) / b)) - 1, log(mpf(a) / b) + 15)
            row("beta_quantile", [p, a, b], 1 / (1 + exp(-s)))


def fishers():
    for d1, d2 in [(1.0, 1.0), (0.7, 3.3), (2.0, 10.0), (5.0, 1e6), (150.0, 300.5), (1e6, 1e6), (2e8, 2e8)]:
        sd = (2 / d1 + 2 / d2) ** 0.5
        for f in (0.01, 0.5, 1 - sd, 1.0, 1 + sd / 10, 1 + sd, 1 + 5 * sd, 20.0):
            if f <= 0 or (d1 > 1e5 and d2 > 1e5 and abs(f - 1) > 6 * sd):
                continue
            odds = mpf(d1) * mpf(f) / mpf(d2)
            lower, upper = beta_tails(odds / (1 + odds), 1 / (1 + odds), mpf(d1) / 2, mpf(d2) / 2)
            row("fisher_lower", [f, d1, d2], lower)
            row("fisher_upper", [f, d1, d2], upper)


def fisher_quantiles():
    for d1, d2 in [(1.0, 1.0), (0.7, 3.3), (2.0, 10.0), (5.0, 1e6), (150.0, 300.5), (1000.0, 2000.0)]:
        for p in (1e-12, 0.025, 0.5, 0.95):
            def falls(s):
                lower, upper = beta_tails(1 / (1 + exp(-s)), 1 / (1 + exp(s)), mpf(d1) / 2, mpf(d2) / 2)
                return -lower if p <= 0.5 else upper
            s = solve(falls, -log(mpf(p)) if p <= 0.5 else log(1 - mpf(p)), mpf(-90) if d1 < 100 else mpf(-3), mpf(20) if d1 < 100 else mpf(1))
            row("fisher_quantile", [p, d1, d2], exp(s) * mpf(d2) / mpf(d1))


def logarithm_quantiles():
    """Quantiles of tails below the range of a double."""
    for target in (-0.7, -1.0, -1.69, -1.71, -24.9, -25.1, -100.0, -699.0, -701.0, -5000.0, -1e6):
        row("normal_logarithm_quantile", [target], solve(normal_upper, mpf(target), mpf(0), mpf(3000)))
    for a in (0.3, 4.0, 1e4):
        for target in (-0.8, -50.0, -2000.0, -1e5):
            row("gamma_logarithm_quantile", [target, a], exp(solve(lambda s: gamma_tails(mpf(a), exp(s))[1], mpf(target), log(mpf(a)) - 10 if a < 100 else log(mpf(a)), log(mpf(a) + 2e5))))


# Counts.

def log_choose(n, k):
    return loggamma(mpf(n) + 1) - loggamma(mpf(k) + 1) - loggamma(mpf(n) - k + 1)


def binomials():
    for n, p in [(1, 0.3), (10, 0.5), (10, 1e-9), (200, 0.02), (1000, 0.9), (200000, 0.1), (10 ** 9, 0.3), (10 ** 9, 1e-7)]:
        spread = (n * p * (1 - p)) ** 0.5
        ks = {0, 1, n - 1, n, int(n * p)} | {int(n * p + z * spread) for z in (-37, -5, -1, 1, 5, 37)}
        for k in sorted(k for k in ks if 0 <= k <= n):
            mass = log_choose(n, k) + k * log(mpf(p)) + (n - k) * log1p(-mpf(p))
            row("binomial_mass", [k, n, p], mass)
            if k < n and (n < 10 ** 6 or abs(k - n * p) < 40 * spread):
                upper, lower = beta_tails(mpf(p), 1 - mpf(p), mpf(k + 1), mpf(n - k))
                row("binomial_lower", [k, n, p], lower)
                row("binomial_upper", [k, n, p], upper)


def poissons():
    for mean in (0.01, 1.0, 7.5, 100.0, 12345.6, 1e8):
        for k in sorted({0, 1, int(mean)} | {int(mean + z * mean ** 0.5) for z in (-30, -5, -1, 1, 5, 30) if mean + z * mean ** 0.5 > 0}):
            row("poisson_mass", [k, mean], k * log(mpf(mean)) - mpf(mean) - loggamma(mpf(k) + 1))
            if mean < 1e6 or k > 1:
                upper, lower = gamma_tails(mpf(k + 1), mpf(mean))
                row("poisson_lower", [k, mean], lower)
                row("poisson_upper", [k, mean], upper)


def hypergeometrics():
    for n, K, N in [(5, 7, 20), (50, 30, 100), (1000, 2000, 200000), (100000, 30000, 200000), (100000, 100000, 200000), (199000, 500, 200000), (40, 10 ** 6, 10 ** 9), (10 ** 6, 10 ** 6, 10 ** 9)]:
        least, most = max(0, n + K - N), min(n, K)
        mean, spread = n * K / N, (n * K / N * (1 - K / N) * (N - n) / (N - 1)) ** 0.5
        for k in sorted(k for k in {least, least + 1, most, most - 1} | {int(mean + z * spread) for z in (-30, -5, -1, 0, 1, 5, 30)} if least <= k <= most):
            def mass(i):
                return log_choose(K, i) + log_choose(N - K, n - i) - log_choose(N, n)
            row("hypergeometric_mass", [k, n, K, N], mass(k))
            if k < mean:
                total, term, i = mpf(1), mpf(1), k
                while i > least and term > total * mpf(10) ** -50:
                    term *= mpf(i) * (N - K - n + i) / ((K - i + 1) * mpf(n - i + 1))
                    total, i = total + term, i - 1
                lower = mass(k) + log(total)
                upper = log1p(-exp(lower))
            elif k < most:
                total, term, i = mpf(1), mpf(1), k + 1
                while i < most and term > total * mpf(10) ** -50:
                    term *= mpf(K - i) * (n - i) / (mpf(i + 1) * (N - K - n + i + 1))
                    total, i = total + term, i + 1
                upper = mass(k + 1) + log(total)
                lower = log1p(-exp(upper))
            else:
                continue
            row("hypergeometric_lower", [k, n, K, N], lower)
            row("hypergeometric_upper", [k, n, K, N], upper)


def gamma_logarithms():
    for x in (1e-300, 1e-10, 0.001, 0.3, 0.5, 0.999999, 1.0, 1.25, 1.5, 1.9, 2.0, 2.0000001, 2.5, 3.7, 9.999, 10.0, 25.5, 1e3, 1e8, 1e15):
        row("log_gamma", [x], loggamma(mpf(x)))


if __name__ == "__main__":
    import sys
    parts = [gamma_logarithms, normals, students, student_quantiles, gammas, gamma_quantiles, betas, beta_quantiles, fishers, fisher_quantiles, logarithm_quantiles, binomials, poissons, hypergeometrics]
    print("function,first,second,third,fourth,value")
    for part in parts:
        if len(sys.argv) < 2 or part.__name__ in sys.argv[1:]:
            part()
