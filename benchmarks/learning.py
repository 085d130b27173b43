"""Learning to rank with few weights: ListNet (Cao, Qin, Liu, Tsai and Li, 2007) with a penalty of their squares.

The grades of a query's cases, and their scores under the weights, each say with which probability a case is the best:
the softmax of either. Weights are sought under which the two differ least, in cross entropy over all queries. There is
one best set, and no chance in finding it. No weight is negative: a signal of likeness never speaks against it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import log_softmax, softmax

from benchmarks.comparisons import Table, Values

Mask = NDArray[np.bool_]

#: What the squares of the weights cost, of signals measured in their standard deviations.
PENALTY = 0.01


def learn(found: Sequence[Table], signals: Mask) -> Values:
    """The weights of the signals that take part, the others 0, adding up to 1; equal ones where none tells anything."""
    spread = np.vstack([table.values[:, signals] for table in found]).std(axis=0)
    spread[spread == 0] = 1.0
    lists = [(table.values[:, signals] / spread, softmax(table.grades.astype(float))) for table in found]

    def loss(weights: Values) -> tuple[float, Values]:
        """The cross entropy and the penalty, and the slope of both."""
        total, slope = PENALTY * float(weights @ weights), 2 * PENALTY * weights
        for values, wanted in lists:
            given = log_softmax(values @ weights)
            total -= float(wanted @ given) / len(lists)
            slope = slope + values.T @ (np.exp(given) - wanted) / len(lists)
        return total, slope

    begin = np.full(len(spread), 1 / len(spread))
    best = minimize(loss, begin, jac=True, method="L-BFGS-B", bounds=[(0.0, None)] * len(spread)).x
    best = (best if best.any() else begin) / spread
    weights: Values = np.zeros(len(signals))
    weights[signals] = best / best.sum()
    return weights
