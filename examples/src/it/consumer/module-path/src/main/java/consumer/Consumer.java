package consumer;

import static dev.gradus.ops.Ops.crossEntropy;
import static dev.gradus.ops.Ops.matmul;
import static dev.gradus.ops.Ops.parameter;

import dev.gradus.data.Dataset;
import dev.gradus.data.Datasets;
import dev.gradus.graph.Parameter;
import dev.gradus.optim.Sgd;
import dev.gradus.optim.Stopping;
import dev.gradus.optim.Trainer;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;

/// Trains on a data set that ships with Gradus, as a module.
public final class Consumer {
  private Consumer() {}

  /// Fails when a result is wrong.
  public static void main(String[] arguments) {
    require(Trainer.class.getModule().isNamed(), "Gradus is on the module path");
    Dataset iris = Datasets.iris();
    require(iris.size() == 150 && iris.classNames().size() == 3, iris.toString());

    Parameter w = parameter("w", Tensor.zeros(Shape.of(4, 3)));
    Trainer trainer =
        Trainer.of((rows, classes) -> crossEntropy(matmul(rows, w), classes), iris).optimizer(new Sgd(), 0.05).build();
    require(Math.abs(trainer.loss() - Math.log(3)) < 1e-12, "loss at the start " + trainer.loss());
    trainer.descend(Stopping.steps(50));
    require(trainer.loss() < 0.7, "loss at the end " + trainer.loss());
    System.out.println("consumer: all well on the module path");
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalStateException(what);
    }
  }
}
