"""The network while it learns: the same sums as `fivewhys.patterns.encoder`, in JAX.

Texts are packed into rows without padding: several texts share a row, each with a segment number,
and look only at themselves. A quarter to a half of the work goes into padding otherwise.
"""

from pathlib import Path
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from safetensors.numpy import load_file

LAYERS, HEADS, WIDTH = 6, 12, 384

ROW = 64
"""Word pieces of a row; a longer text is cut to it."""

ROWS = 8

Weights = dict[str, Any]

_NAMES = {
    "attention.self.query": "q",
    "attention.self.key": "k",
    "attention.self.value": "v",
    "attention.output.dense": "o",
    "attention.output.LayerNorm": "ln1",
    "intermediate.dense": "i",
    "output.dense": "d",
    "output.LayerNorm": "ln2",
}


class Packed(NamedTuple):
    """Texts in rows, (rows, ROW) each; `segment` is the text's number, or past the last: none."""

    numbers: np.ndarray[Any, Any]
    positions: np.ndarray[Any, Any]
    segment: np.ndarray[Any, Any]


def base_weights(file: Path, kept: list[int]) -> Weights:
    """The base model's weights from its `model.safetensors`, with the word pieces `kept`."""
    of_base = load_file(file)
    found = {
        "w.weight": of_base["embeddings.word_embeddings.weight"][kept],
        "p.weight": of_base["embeddings.position_embeddings.weight"][:128],
        "ty": of_base["embeddings.token_type_embeddings.weight"][0],
        "ln.weight": of_base["embeddings.LayerNorm.weight"],
        "ln.bias": of_base["embeddings.LayerNorm.bias"],
    }
    for layer in range(LAYERS):
        for theirs, ours in _NAMES.items():
            for part in ("weight", "bias"):
                name = f"encoder.layer.{layer}.{theirs}.{part}"
                found[f"layers.{layer}.{ours}.{part}"] = of_base[name]
    return {name: np.asarray(value, np.float32) for name, value in found.items()}


def pack(texts: list[list[int]]) -> Packed:
    """Put texts, given as word pieces, into rows: the longest first, where there is room.

    The number of rows is a multiple of `ROWS`, for the network is compiled anew for each.
    """
    used: list[int] = []
    places = []
    for text in sorted(range(len(texts)), key=lambda at: -len(texts[at])):
        length = min(len(texts[text]), ROW)
        row = next((at for at, full in enumerate(used) if full + length <= ROW), len(used))
        if row == len(used):
            used.append(0)
        places.append((text, row, used[row], length))
        used[row] += length
    shape = -(-len(used) // ROWS) * ROWS, ROW
    numbers, positions = np.zeros(shape, np.int32), np.zeros(shape, np.int32)
    segment = np.full(shape, len(texts), np.int32)
    for text, row, begin, length in places:
        place = slice(begin, begin + length)
        numbers[row, place] = texts[text][:length]
        positions[row, place] = np.arange(length)
        segment[row, place] = text
    return Packed(numbers, positions, segment)


def vectors(weights: Weights, packed: Packed, count: int, key: Any = None, drop: float = 0) -> Any:
    """Unit vectors (count, WIDTH) of the packed texts; `key` and `drop` are for dropout."""
    keys = iter(jax.random.split(key, 2 * LAYERS + 1)) if key is not None and drop else None

    def dropped(x: Any) -> Any:
        if keys is None:
            return x
        keep = jax.random.bernoulli(next(keys), 1 - drop, x.shape)
        return jnp.where(keep, x / (1 - drop), 0)

    rows = packed.numbers.shape[0]
    x = weights["w.weight"][packed.numbers] + weights["p.weight"][packed.positions]
    x = dropped(_normed(x + weights["ty"], weights["ln.weight"], weights["ln.bias"]))
    sees = packed.segment[:, None, :, None] == packed.segment[:, None, None, :]
    for layer in range(LAYERS):

        def linear(x: Any, part: str, layer: int = layer) -> Any:
            name = f"layers.{layer}.{part}"
            return x @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]

        def norm(x: Any, part: str, layer: int = layer) -> Any:
            name = f"layers.{layer}.{part}"
            return _normed(x, weights[f"{name}.weight"], weights[f"{name}.bias"])

        query, key_, value = (
            linear(x, part).reshape(rows, ROW, HEADS, -1).transpose(0, 2, 1, 3) for part in "qkv"
        )
        scores = query @ key_.transpose(0, 1, 3, 2) * (WIDTH // HEADS) ** -0.5
        shares = jax.nn.softmax(jnp.where(sees, scores, -1e9), axis=-1)
        seen = (shares @ value).transpose(0, 2, 1, 3).reshape(rows, ROW, WIDTH)
        x = norm(x + dropped(linear(seen, "o")), "ln1")
        x = norm(x + dropped(linear(jax.nn.gelu(linear(x, "i"), approximate=True), "d")), "ln2")
    sums = jax.ops.segment_sum(
        x.reshape(-1, WIDTH), packed.segment.reshape(-1), num_segments=count + 1
    )[:count]
    # The sum and the mean have the same direction.
    return sums / (jnp.linalg.norm(sums, axis=1, keepdims=True) + 1e-9)


def _normed(x: Any, weight: Any, bias: Any) -> Any:
    mean = x.mean(axis=-1, keepdims=True)
    spread = ((x - mean) ** 2).mean(axis=-1, keepdims=True)
    return (x - mean) * jax.lax.rsqrt(spread + 1e-12) * weight + bias
