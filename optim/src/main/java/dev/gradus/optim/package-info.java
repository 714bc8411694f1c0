/// Training. An [dev.gradus.optim.Optimizer] is a formula from (parameter, gradient, slots) to their next values; a
/// [dev.gradus.optim.State] holds the current values; a [dev.gradus.optim.Trainer] feeds batches, takes steps and
/// asks a [dev.gradus.optim.Stopping] criterion whether to go on.
///
/// ```java
/// var start = new Parameters(7);
/// Node w = start.make("W", new Initializer.XavierUniform(), 64, 10);
/// Node b = start.zeros("b", 10);
/// Trainer trainer = Trainer.of((x, y) -> crossEntropy(matmul(x, w).plus(b), y), train)
///     .optimizer(new Adam(), 0.001)
///     .seed(7)
///     .build();
/// History history = trainer.epochs(32, Stopping.epochs(20));
/// ```
///
/// Everything random is a function of seeds and counters, so the same seed gives the same bits.
@NullMarked
package dev.gradus.optim;

import org.jspecify.annotations.NullMarked;
