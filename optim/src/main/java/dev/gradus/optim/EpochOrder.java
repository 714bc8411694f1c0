package dev.gradus.optim;

import dev.gradus.data.Sampling;
import java.util.Arrays;
import java.util.function.Supplier;

/// The rows of the next batch when every epoch goes through all examples once, in an order of its own. It depends on the
/// state alone, so training that is taken up from a checkpoint goes on with the batch that was next.
final class EpochOrder implements Supplier<int[]> {
  private final State state;
  private final int examples;
  private final int batch;
  private long epoch = -1;
  private int[] order = new int[0];

  EpochOrder(State state, int examples, int batch) {
    this.state = state;
    this.examples = examples;
    this.batch = batch;
  }

  @Override
  public int[] get() {
    long now = state.examples() / examples;
    if (now != epoch) {
      epoch = now;
      order = Sampling.permutation(examples, state.seed(), Draws.EPOCH + now);
    }
    int from = (int) (state.examples() % examples);
    return Arrays.copyOfRange(order, from, Math.min(examples, from + batch));
  }
}
