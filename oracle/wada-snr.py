"""Computes the table of WadaSnr: ln E|z| - E ln|z| of z = s + n by signal-to-noise ratio.

Kim and Stern (Interspeech 2008) model the amplitude of clean speech by a gamma distribution with
shape 0.4 and the noise by a normal distribution. For a given s, E|z| is the mean of a folded normal
distribution, and E ln|z| that of a noncentral chi-square distribution with one degree of freedom.
Needs numpy and scipy. Usage: python wada-snr.py
"""

import numpy as np
from scipy import special, stats

SHAPE = 0.4
COUNT = 4000
LOWEST, HIGHEST = -20, 60

quantiles = (np.arange(COUNT) + 0.5) / COUNT
amplitude = stats.gamma.ppf(quantiles, SHAPE)
amplitude /= np.sqrt(np.mean(amplitude**2))


def mean_of_logarithm(s, sigma):
    """E ln|s + sigma·N(0, 1)|, a Poisson mixture of digamma functions."""
    half = s**2 / (2 * sigma**2)
    if half > 1e4:  # ln|s| and the first terms of its expansion
        return np.log(s) - 1 / (4 * half)
    spread = 12 * np.sqrt(half) + 30
    j = np.arange(max(0, int(half - spread)), int(half + spread))
    weights = np.exp(-half + j * np.log(max(half, 1e-300)) - special.gammaln(j + 1))
    if half == 0:
        weights = (j == 0).astype(float)
    total = np.sum(weights * special.digamma(0.5 + j)) / np.sum(weights)
    return 0.5 * (np.log(2 * sigma**2) + total)


for snr in range(LOWEST, HIGHEST + 1):
    sigma = 10 ** (-snr / 20)
    folded = sigma * np.sqrt(2 / np.pi) * np.exp(-(amplitude**2) / (2 * sigma**2)) + amplitude * (
        1 - 2 * stats.norm.cdf(-amplitude / sigma)
    )
    logs = np.array([mean_of_logarithm(s, sigma) for s in amplitude])
    print(f"{np.log(folded.mean()) - logs.mean():.5f},", end="\n" if snr % 5 == 4 else " ")
print()
