"""`make train`: learn the weights anew from the labelled mails and sentences; the same input gives the same bytes."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from joblib import Parallel, delayed
from sklearn.linear_model import LogisticRegression

from intake import triage
from intake.triage.judging import ANY, REPLY
from intake.triage.learned import FILE, MAGIC, STEEPEST
from tests.training.corpus import CORPUS, KINDS, Labelled, mails, sentences, tenth
from tests.training.fitting import Fit, fit
from tests.training.stretches import Stretches, stretches_of

CODE = (
    "clues", "concepts", "features", "grams", "learned", "others", "rules", "sentences", "statutes", "weighing",
    "windows",
)  # fmt: skip
"""The modules of `intake.triage` that make the features."""
OUTPUTS = (*KINDS, ANY, REPLY)
FOLDS = 3
STEPS = 127
DIGITS = 4
CAUTION = 1.1
"""A request missed weighs so much more than a false alarm, where thresholds are set (the beta of F)."""
POSSIBLE = 0.2
"""Of its threshold, the chance from which on a kind is possible."""
NONE, NOWHERE = -1, -2
"""The fold of a sentence, which is always learned from; and one that holds nothing."""
THREADS = 4
CLIPPED = 0.9995
LEAST = 3
"""Steps of a byte below which a feature is left out."""
HOME = Path(__file__).parent.parent.parent


def main() -> None:
    """Train, write the file, and say how large it is."""
    content = trained()
    target = Path(triage.__file__).with_name(FILE)
    target.write_bytes(content)
    sys.stdout.write(f"{target.relative_to(HOME)}: {len(content):,} bytes\n")


def digest() -> str:
    """The SHA-256 (hex) of all that the weights are made from: mails, sentences, lexicon, rules, and this program."""
    whole = hashlib.sha256()
    for file in inputs():
        whole.update(file.relative_to(HOME).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return whole.hexdigest()


def inputs() -> list[Path]:
    """The files that the weights are made from, in a fixed order."""
    code, here = HOME / "intake" / "triage", Path(__file__).parent
    made_by = [code / f"{name}.py" for name in CODE]
    labelled = (*CORPUS.glob("requests/*.jsonl"), *CORPUS.glob("phrases/*.tsv"))
    return sorted([*labelled, *made_by, *code.glob("lexicon/*.txt"), *code.glob("languages/*.py"), *here.glob("*.py")])


def trained() -> bytes:
    """The file's content."""
    everything = [mail for mail in mails() if not mail.held_out] + sentences()
    cut = stretches_of(everything)
    mail_fold = np.array([tenth("fold " + mail.family) % FOLDS if mail.family else NONE for mail in everything])
    labels = np.array([[_holds(mail, name) for name in OUTPUTS] for mail in everything])
    unseen = _unseen(cut, labels, mail_fold)
    of_mails = mail_fold != NONE
    tables = _tables(unseen[of_mails], labels[of_mails], mail_fold[of_mails])
    fits = _fits(cut, labels, mail_fold, NOWHERE)
    return _packed(cut.names, fits, tables)


def _holds(mail: Labelled, name: str) -> bool:
    if name == ANY:
        return bool(mail.requests)
    return mail.disposition == REPLY if name == REPLY else name in mail.requests


def _fits(cut: Stretches, labels: np.ndarray, mail_fold: np.ndarray, left_out: int) -> list[Fit]:
    """All outputs' weights, without the mails of one fold; sentences are not labelled as replies."""
    known = np.flatnonzero(mail_fold != left_out)
    of_mails = np.flatnonzero((mail_fold != left_out) & (mail_fold != NONE))
    from_all, from_mails = cut.of(known), cut.of(of_mails)
    jobs = [
        delayed(fit)(*(from_mails if name == REPLY else from_all), labels[of_mails if name == REPLY else known, output])
        for output, name in enumerate(OUTPUTS)
    ]
    return list(Parallel(n_jobs=THREADS, prefer="threads")(jobs))


def _unseen(cut: Stretches, labels: np.ndarray, mail_fold: np.ndarray) -> np.ndarray:
    """The best scores of each mail, by weights that never saw a mail of its fold."""
    scores = np.zeros(labels.shape)
    for fold in range(FOLDS):
        numbers = np.flatnonzero(mail_fold == fold)
        inside = cut.of(numbers)
        for output, found in enumerate(_fits(cut, labels, mail_fold, fold)):
            scores[numbers, output] = found.best(*inside, len(numbers))
    return np.clip(scores, -STEEPEST, STEEPEST)


@dataclass(frozen=True, slots=True)
class Table:
    """How all scores together make one chance, and from which chance on it holds."""

    weights: np.ndarray
    offset: float
    threshold: float


def _tables(scores: np.ndarray, labels: np.ndarray, mail_fold: np.ndarray) -> list[Table]:
    return [_table(scores, labels[:, output], mail_fold, OUTPUTS[output]) for output in range(len(OUTPUTS))]


def _table(scores: np.ndarray, holds: np.ndarray, mail_fold: np.ndarray, name: str) -> Table:
    """The threshold is set on chances that the table of the other folds gives."""
    chances = np.zeros(len(holds))
    for fold in range(FOLDS):
        inside = mail_fold == fold
        chances[inside] = _calibrated(scores[~inside], holds[~inside]).predict_proba(scores[inside])[:, 1]
    model = _calibrated(scores, holds)
    beta = CAUTION if name == ANY else 1.0
    return Table(model.coef_[0], float(model.intercept_[0]), _threshold(chances, holds, beta))


def _calibrated(scores: np.ndarray, holds: np.ndarray) -> LogisticRegression:
    return LogisticRegression(C=1.0, solver="newton-cholesky", tol=1e-8, max_iter=1000).fit(scores, holds)


def _threshold(chances: np.ndarray, holds: np.ndarray, beta: float) -> float:
    """Where F-beta is highest: halfway between the last chance that holds and the next."""
    order = np.argsort(-chances, kind="stable")
    hits = np.cumsum(holds[order])
    score = (1 + beta**2) * hits / (np.arange(1, len(order) + 1) + beta**2 * holds.sum())
    last = int(score.argmax())
    below = chances[order[min(last + 1, len(order) - 1)]]
    return float((chances[order[last]] + below) / 2)


def _packed(names: Sequence[str], fits: Sequence[Fit], tables: Sequence[Table]) -> bytes:
    """The file: features that no output heeds are left out."""
    weights = np.array([each.weights for each in fits])
    scales = np.quantile(np.abs(weights), CLIPPED, axis=1) / STEPS
    rounded = np.clip(np.rint(weights / scales[:, None]), -STEPS, STEPS).astype(np.int8)
    heeded = np.flatnonzero(np.abs(rounded).max(axis=0) >= LEAST)
    listed = "\n".join(names[number] for number in heeded).encode()
    outputs = [
        {
            "name": name,
            "scale": float(f"{scale:.{DIGITS}g}"),
            "bias": round(each.bias, DIGITS),
            "table": [round(float(value), DIGITS) for value in table.weights],
            "offset": round(table.offset, DIGITS),
            "threshold": round(table.threshold, DIGITS),
            "floor": round(table.threshold * POSSIBLE, DIGITS),
        }
        for name, scale, each, table in zip(OUTPUTS, scales, fits, tables, strict=True)
    ]
    head = json.dumps({"digest": digest(), "outputs": outputs, "size": len(listed)})
    return b"\n".join((MAGIC, head.encode(), listed + rounded[:, heeded].T.tobytes()))


if __name__ == "__main__":
    main()
