"""The lessons: contrastive steps over the groups, and a term that keeps ordinary likeness.

The loss is supervised contrastive (Khosla et al. 2020): of all texts in a batch, those of the same
group shall be nearest. Half as strong is a term by which ordinary sentences keep their vectors and
their likenesses to each other as the base model has them.
"""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax

from training.groups import Group, batches
from training.network import Weights, pack, vectors

ORDINARY = 32
"""Ordinary sentences in each step."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """What was tried until the figures were good; see the model card."""

    epochs: int = 5
    groups: int = 48
    most: int = 3
    rate: float = 1.2e-4
    warm_up: int = 30
    temperature: float = 0.05
    drop: float = 0.1
    keep: float = 0.5
    lower: float = 0.3
    """Share of the statements that are read in small letters and without a full stop."""
    seed: int = 7
    averaged: float = 0.1
    """Share of the last steps whose weights are averaged."""


def learn(
    base: Weights,
    groups: dict[str, Group],
    ordinary: list[str],
    pieces: Callable[[str], list[int]],
    recipe: Recipe,
    tell: Callable[[str], None],
) -> Weights:
    """The weights after all lessons; the same for the same data, recipe and machine."""
    chance = random.Random(recipe.seed)
    steps = recipe.epochs * sum(1 for _ in batches(groups, recipe.groups, 1, random.Random(0)))
    schedule = optax.join_schedules(
        [
            optax.linear_schedule(0, recipe.rate, recipe.warm_up),
            optax.linear_schedule(recipe.rate, 0, steps - recipe.warm_up),
        ],
        [recipe.warm_up],
    )
    rule = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(schedule, weight_decay=0.01))
    most = recipe.groups * recipe.most
    weights = {name: jnp.asarray(value) for name, value in base.items()}
    state = rule.init(weights)

    @jax.jit
    def at_first(packed: Any) -> Any:
        return vectors({k: jnp.asarray(v) for k, v in base.items()}, packed, ORDINARY)

    def loss(weights: Weights, packed: Any, labels: Any, usual: Any, key: Any) -> Any:
        found = vectors(weights, packed, most + ORDINARY, key, recipe.drop)
        learned, kept = found[:most], found[most:]
        likeness = learned @ learned.T / recipe.temperature
        there = labels >= 0
        other = there[:, None] & there[None, :] & ~jnp.eye(most, dtype=bool)
        likeness = jnp.where(other, likeness, -1e9)
        share = likeness - jax.nn.logsumexp(likeness, axis=1, keepdims=True)
        same = other & (labels[:, None] == labels[None, :])
        counts = same.sum(axis=1)
        each = -(jnp.where(same, share, 0).sum(axis=1)) / jnp.maximum(counts, 1)
        contrast = jnp.where(counts > 0, each, 0).sum() / jnp.maximum((counts > 0).sum(), 1)
        moved = ((kept @ kept.T - usual @ usual.T) ** 2).mean() * 50
        moved += (1 - (kept * usual).sum(axis=1)).mean()
        return contrast + recipe.keep * moved

    @jax.jit
    def step(weights: Weights, state: Any, packed: Any, labels: Any, usual: Any, key: Any) -> Any:
        value, slope = jax.value_and_grad(loss)(weights, packed, labels, usual, key)
        change, state = rule.update(slope, state, weights)
        return optax.apply_updates(weights, change), state, value

    key = jax.random.key(recipe.seed)
    done, began, recent = 0, time.monotonic(), 0.0
    first_averaged = int(steps * (1 - recipe.averaged))
    total: Weights | None = None
    for epoch in range(recipe.epochs):
        for batch in batches(groups, recipe.groups, recipe.most, chance):
            texts = [pieces(_as_said(statement, recipe, chance)) for _, statement in batch]
            labels = np.full(most, -1, np.int32)
            labels[: len(batch)] = [number for number, _ in batch]
            usual_texts = [pieces(text) for text in chance.sample(ordinary, ORDINARY)]
            filled = texts + [[0]] * (most - len(texts)) + usual_texts
            usual = at_first(pack(usual_texts))
            key, now = jax.random.split(key)
            packed = pack(filled)
            weights, state, value = step(weights, state, packed, labels, usual, now)
            recent = 0.95 * recent + 0.05 * float(value) if recent else float(value)
            done += 1
            if recipe.averaged and done > first_averaged:
                total = weights if total is None else jax.tree.map(jnp.add, total, weights)
            if done % 10 == 0:
                pace = (time.monotonic() - began) / done
                tell(
                    f"epoch {epoch + 1}, step {done} of {steps}: {recent:.3f}, {pace:.2f} s a step"
                )
    if total is not None:
        weights = jax.tree.map(lambda value: value / (done - first_averaged), total)
    return {name: np.asarray(value) for name, value in weights.items()}


def _as_said(statement: str, recipe: Recipe, chance: random.Random) -> str:
    return statement.lower().rstrip(".") if chance.random() < recipe.lower else statement
