package dev.gradus.examples;

import dev.gradus.data.Dataset;
import dev.gradus.data.Metrics;
import dev.gradus.data.Split;
import dev.gradus.optim.Listener;
import dev.gradus.optim.Stopping;
import dev.gradus.show.Numbers;
import dev.gradus.show.Plot;
import dev.gradus.show.TextTable;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// How much a network learns from how many examples.
public final class DataAmount implements Example {
  private static final int[] AMOUNTS = {20, 50, 100, 200, 500, 1000};
  private static final int UPDATES = 600;

  @Override
  public String name() {
    return "data-amount";
  }

  @Override
  public String summary() {
    return "Accuracy on digits against the amount of data learned from.";
  }

  @Override
  public boolean isRandom() {
    return true;
  }

  @Override
  public boolean isDrawn() {
    return true;
  }

  @Override
  public void run(Screen screen) {
    Split data = Digits.data();
    long[] seeds = screen.seeds(3);
    screen.say("""
        The network of the digits example learns from the first n of the training
        digits, shuffled by the seed, always with %d updates, and reads the same %d
        test digits. Seeds: %d.
        """,
        UPDATES, data.test().size(), seeds.length);
    screen.say("");
    TextTable table = new TextTable("n", "test accuracy", "wrong", "lowest", "highest").alignRight(0, 1, 2, 3, 4);
    List<Double> means = new ArrayList<>();
    for (int amount : AMOUNTS) {
      double[] accuracies = Arrays.stream(seeds).mapToDouble(seed -> accuracy(data, amount, seed)).toArray();
      double mean = Arrays.stream(accuracies).average().orElseThrow();
      means.add(mean);
      table.row(amount, Numbers.fixed(mean, 4), Numbers.fixed(100 * (1 - mean), 1) + " %",
          Numbers.fixed(Arrays.stream(accuracies).min().orElseThrow(), 4),
          Numbers.fixed(Arrays.stream(accuracies).max().orElseThrow(), 4));
    }
    screen.show(table);
    screen.draw(new Plot("Accuracy against the amount of data", "training digits (logarithmic)", "test accuracy")
        .curve("", vector(Arrays.stream(AMOUNTS).asDoubleStream().toArray()), vector(means))
        .logarithmicX());
    screen.say("""
        Data helps, and each further step costs more of it: on this axis, where equal
        distances are equal factors, the curve rises ever more slowly.
        """);
  }

  private static double accuracy(Split data, int amount, long seed) {
    Dataset few = data.train().shuffled(seed).first(amount);
    Tensor logits = Digits.train(new Split(few, data.test()), seed, Stopping.steps(UPDATES), new Listener() {});
    return Metrics.accuracy(logits, data.test().targets());
  }

  private static Tensor vector(double... numbers) {
    return Tensor.vector(numbers);
  }

  private static Tensor vector(List<Double> numbers) {
    return Tensor.vector(numbers.stream().mapToDouble(number -> number).toArray());
  }
}
