package dev.gradus.examples;

import dev.gradus.data.Datasets;
import dev.gradus.data.Metrics;
import dev.gradus.data.Split;
import dev.gradus.ops.Ops;
import dev.gradus.optim.Initializer;
import dev.gradus.optim.Listener;
import dev.gradus.optim.Mlp;
import dev.gradus.optim.Parameters;
import dev.gradus.optim.Predictor;
import dev.gradus.optim.Sgd;
import dev.gradus.optim.Stopping;
import dev.gradus.optim.Trainer;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Handwritten digits, read by a network with one hidden layer.
public final class Digits implements Example {
  private static final int HIDDEN = 64;
  private static final int BATCH = 32;
  private static final int EPOCHS = 30;
  private static final double LEARNING_RATE = 0.5;
  private static final int MOST_PICTURES = 4;

  @Override
  public String name() {
    return "digits";
  }

  @Override
  public String summary() {
    return "Mini-batch gradient descent on 1,797 handwritten digits.";
  }

  @Override
  public boolean isRandom() {
    return true;
  }

  /// Pixels from 0 to 1, and always the same 80 % to learn from; each digit is divided in this ratio.
  static Split data() {
    return Datasets.digits().scaled(1.0 / 16).split(0.8, 1);
  }

  /// Trains the network relu(x W1 + b1) W2 + b2.
  ///
  /// @return the logits of the test digits
  static Tensor train(Split data, long seed, Stopping until, Listener progress) {
    var network = new Mlp(new Parameters(seed), Ops::relu, new Initializer.HeUniform(), 64, HIDDEN, 10);
    var predictor = new Predictor(network);
    Trainer trainer = Trainer.of((x, digit) -> Ops.crossEntropy(network.apply(x), digit), data.train())
        .optimizer(new Sgd(), LEARNING_RATE)
        .seed(seed)
        .listener(progress)
        .build();
    trainer.epochs(BATCH, until);
    return predictor.apply(data.test().features(), trainer.state());
  }

  @Override
  public void run(Screen screen) {
    Split data = data();
    Tensor right = data.test().targets();
    screen.say("""
        %,d handwritten digits of 8 × 8 pixels: %,d to learn from, %d held out.

        h      = relu(x W1 + b1)      64 pixels -> %d units
        logits = h W2 + b2            %d units -> 10 digits
        J      = the mean of -log softmax(logits)[digit] over a batch of %d

        Mini-batch gradient descent, learning rate %s, %d epochs.
        """,
        data.train().size() + data.test().size(), data.train().size(), data.test().size(),
        HIDDEN, HIDDEN, BATCH, LEARNING_RATE, EPOCHS);
    screen.say("");
    List<Double> accuracies = new ArrayList<>();
    Tensor logits = right;
    for (long seed : screen.seeds(1)) {
      logits = train(data, seed, Stopping.epochs(EPOCHS), screen.progress());
      double accuracy = Metrics.accuracy(logits, right);
      accuracies.add(accuracy);
      screen.say("seed %d: test accuracy %.4f (%d of %d)",
          seed, accuracy, Math.round(accuracy * right.size()), right.size());
    }
    if (accuracies.size() > 1) {
      double mean = accuracies.stream().mapToDouble(accuracy -> accuracy).average().orElseThrow();
      screen.say("mean of %d seeds: test accuracy %.4f", accuracies.size(), mean);
    }
    screen.say("");
    showMistakes(screen, data, Metrics.classes(logits, 0));
  }

  private static void showMistakes(Screen screen, Split data, Tensor predicted) {
    List<Integer> wrong = new ArrayList<>();
    for (int i = 0; i < predicted.size() && wrong.size() < MOST_PICTURES; i++) {
      if (predicted.getLong(i) != data.test().targets().getLong(i)) {
        wrong.add(i);
      }
    }
    if (wrong.isEmpty()) {
      screen.say("It read all test digits right.");
      return;
    }
    screen.say("What it read wrong%s:", wrong.size() == MOST_PICTURES ? ", for example" : "");
    screen.say("");
    screen.say("%s", wrong.stream()
        .map(i -> "%-18s".formatted(data.test().targets().getLong(i) + " read as " + predicted.getLong(i)))
        .collect(Collectors.joining()));
    for (int row = 0; row < 8; row++) {
      int y = row;
      screen.say("%s", wrong.stream().map(i -> pixels(data.test().features(), i, y) + "  ").collect(Collectors.joining()));
    }
  }

  /// A row of a picture, each pixel two characters wide.
  private static String pixels(Tensor pictures, int picture, int row) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < 8; column++) {
      double ink = pictures.get(picture, 8 * row + column);
      String shade = " .:*#".substring((int) Math.round(4 * ink)).substring(0, 1);
      line.append(shade.repeat(2));
    }
    return line.toString();
  }
}
