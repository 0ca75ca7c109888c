"""Fitting: weights for stretches from labels of whole mails.

Which stretch of a mail makes the request is not labelled. So the first fit takes all stretches of a mail that asks, and
each further one only the stretch that the fit before thought most of (multiple-instance learning, Andrews et al. 2002);
in a mail that does not ask, no stretch does.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

ROUNDS = 2
STRENGTH = 1.0
"""How far the weights may follow the mails (C of scikit-learn's logistic regression)."""
SHARED = 0.3
"""How much less a stretch counts that says nothing in a mail of many: 1 / stretches ** SHARED."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Weights of one output."""

    weights: np.ndarray
    bias: float

    def best(self, matrix: csr_matrix, owner: np.ndarray, mails: int) -> np.ndarray:
        """Of each mail the score of its best stretch."""
        highest = np.full(mails, -np.inf)
        np.maximum.at(highest, owner, matrix @ self.weights + self.bias)
        return highest


def fit(matrix: csr_matrix, owner: np.ndarray, holds: np.ndarray) -> Fit:
    """Learn one output.

    Args:
        matrix: stretches by features.
        owner: of each stretch the number of its mail; sorted.
        holds: of each mail whether it asks for this.
    """
    numbers = np.arange(len(holds))  # a mail of nothing but small print has no stretch
    first, last = np.searchsorted(owner, numbers), np.searchsorted(owner, numbers, side="right")
    count = (last - first)[owner]
    asking = holds[owner]
    silent = np.flatnonzero(~asking)
    chosen, share = np.flatnonzero(asking), 1.0 / count[asking]
    found = Fit(np.zeros(matrix.shape[1]), 0.0)
    for number in range(ROUNDS):
        if number:
            scores = matrix @ found.weights
            asked = np.flatnonzero(holds & (last > first))
            chosen = np.array([first[mail] + np.argmax(scores[first[mail] : last[mail]]) for mail in asked])
            share = np.ones(len(chosen))
        lines = np.concatenate([chosen, silent])
        labels = np.concatenate([np.ones(len(chosen)), np.zeros(len(silent))])
        found = _regress(matrix[lines], labels, np.concatenate([share, count[silent] ** -SHARED]))
    return found


def _regress(matrix: csr_matrix, labels: np.ndarray, share: np.ndarray) -> Fit:
    model = LogisticRegression(C=STRENGTH, solver="liblinear", tol=1e-2, random_state=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        model.fit(matrix, labels, sample_weight=share)
    return Fit(model.coef_[0], float(model.intercept_[0]))
