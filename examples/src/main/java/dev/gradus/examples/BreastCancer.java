package dev.gradus.examples;

import static dev.gradus.ops.Ops.binaryCrossEntropyWithLogits;
import static dev.gradus.ops.Ops.matmul;

import dev.gradus.data.Dataset;
import dev.gradus.data.Datasets;
import dev.gradus.data.Metrics;
import dev.gradus.data.Split;
import dev.gradus.data.Standardizer;
import dev.gradus.graph.Node;
import dev.gradus.optim.Evaluation;
import dev.gradus.optim.History;
import dev.gradus.optim.Parameters;
import dev.gradus.optim.Predictor;
import dev.gradus.optim.Sgd;
import dev.gradus.optim.Stopping;
import dev.gradus.optim.Trainer;
import dev.gradus.show.Plot;
import dev.gradus.show.TextTable;
import dev.gradus.tensor.Tensor;
import java.util.function.ToDoubleFunction;

/// Logistic regression: one neuron with sigmoid and binary cross-entropy tells malignant tumours from benign ones.
public final class BreastCancer implements Example {
  private static final int EPOCHS = 40;

  @Override
  public String name() {
    return "breast-cancer";
  }

  @Override
  public String summary() {
    return "Binary cross-entropy: logistic regression on 569 tumours.";
  }

  @Override
  public boolean isDrawn() {
    return true;
  }

  @Override
  public void run(Screen screen) {
    Split split = Datasets.breastCancer().split(0.8, 1);
    Standardizer scale = Standardizer.fit(split.train());
    Dataset train = scale.apply(split.train());
    Dataset test = scale.apply(split.test());

    var start = new Parameters(1);
    Node w = start.zeros("w", train.featureNames().size(), 1);
    Node b = start.zeros("b", 1);
    var logits = new Predictor(x -> matmul(x, w).plus(b));
    Trainer trainer = Trainer.of((x, t) -> binaryCrossEntropyWithLogits(matmul(x, w).plus(b), t), numbers(train))
        .optimizer(new Sgd(), 0.1)
        .seed(1)
        .validation(numbers(test))
        .listener(screen.progress())
        .build();
    double atFirst = trainer.loss();
    History history = trainer.epochs(32, Stopping.epochs(EPOCHS));

    Tensor scores = logits.apply(test.features(), trainer.state());
    Tensor confusion = Metrics.confusion(Metrics.classes(scores, 0), test.targets(), 2);
    screen.say("""
        From 30 measurements of the nuclei of a tumour's cells: is it %s?

            p = sigmoid(x w + b), the probability that it is
            J = the mean of -(t log p + (1 - t) log(1 - p)), the binary cross-entropy

        %d tumours to learn from, %d held out; every measurement is scaled to mean 0
        and deviation 1. Mini-batches of 32, learning rate 0.1, %d epochs.

        With w = 0 and b = 0 every p is 1/2, so J starts at log 2 = %.4f.
        After %d epochs J = %.4f, and %.4f on the tumours held out.
        """,
        train.classNames().get(1), train.size(), test.size(), EPOCHS, atFirst,
        EPOCHS, trainer.loss(), history.evaluations().getLast().validationLoss());
    screen.say("");
    screen.draw(new Plot("Binary cross-entropy by epoch", "epoch", "J")
        .curve("training", each(history, Evaluation::epoch), each(history, Evaluation::trainingLoss))
        .curve("held out", each(history, Evaluation::epoch), each(history, Evaluation::validationLoss)));
    screen.say("train accuracy %.4f", Metrics.accuracy(logits.apply(train.features(), trainer.state()), train.targets()));
    screen.say("test accuracy  %.4f", Metrics.accuracy(scores, test.targets()));
    screen.say("");
    screen.show(new TextTable("held out", "taken for " + test.classNames().get(0), "taken for " + test.classNames().get(1))
        .alignRight(1, 2)
        .row(test.classNames().get(0), confusion.getLong(0, 0), confusion.getLong(0, 1))
        .row(test.classNames().get(1), confusion.getLong(1, 0), confusion.getLong(1, 1)));
  }

  /// The classes as the numbers 0 and 1, which binary cross-entropy compares probabilities with.
  private static Dataset numbers(Dataset data) {
    return data.withTargets(data.column());
  }

  private static Tensor each(History history, ToDoubleFunction<Evaluation> what) {
    return Tensor.vector(history.evaluations().stream().mapToDouble(what).toArray());
  }
}
