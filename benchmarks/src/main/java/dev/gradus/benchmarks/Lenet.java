package dev.gradus.benchmarks;

import static dev.gradus.ops.Ops.conv2d;
import static dev.gradus.ops.Ops.crossEntropy;
import static dev.gradus.ops.Ops.input;
import static dev.gradus.ops.Ops.matmul;
import static dev.gradus.ops.Ops.maxPool2d;
import static dev.gradus.ops.Ops.parameter;
import static dev.gradus.ops.Ops.relu;
import static dev.gradus.ops.Ops.reshape;

import dev.gradus.compile.Settings;
import dev.gradus.graph.Input;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Tensor;
import java.util.List;
import java.util.Map;

/// A training step of a LeNet in f32, without biases: twice a 5×5 convolution, ReLU and 2×2 max-pooling, then three dense
/// layers with ReLU between, softmax cross-entropy, SGD.
///
/// @param batch the number of images
/// @param side the height and width of an image
record Lenet(int batch, int side) implements Workload {
  private static final int KERNEL = 5;
  private static final int FIRST = 6;
  private static final int SECOND = 16;
  private static final int CLASSES = 10;

  @Override
  public String name() {
    return "lenet";
  }

  /// The side of what the first convolution gives; pooling halves it.
  private int firstSide() {
    return side - KERNEL + 1;
  }

  private int secondSide() {
    return firstSide() / 2 - KERNEL + 1;
  }

  private int features() {
    return SECOND * (secondSide() / 2) * (secondSide() / 2);
  }

  Problem problem() {
    Draws draws = new Draws();
    Input images = input("images", DType.F32, batch, 1, side, side);
    Input labels = input("labels", DType.I64, batch);
    Parameter k1 = parameter("K1", draws.normal(DType.F32, 0.2, FIRST, 1, KERNEL, KERNEL));
    Parameter k2 = parameter("K2", draws.normal(DType.F32, 0.1, SECOND, FIRST, KERNEL, KERNEL));
    Parameter w1 = parameter("W1", draws.normal(DType.F32, 0.06, features(), 120));
    Parameter w2 = parameter("W2", draws.normal(DType.F32, 0.1, 120, 84));
    Parameter w3 = parameter("W3", draws.normal(DType.F32, 0.1, 84, CLASSES));
    Node h = maxPool2d(relu(conv2d(images, k1)), 2);
    h = maxPool2d(relu(conv2d(h, k2)), 2);
    h = reshape(h, batch, features());
    h = relu(matmul(h, w1));
    h = relu(matmul(h, w2));
    return Problem.training(
        crossEntropy(matmul(h, w3), labels),
        Map.of(
            images, draws.normal(DType.F32, 1, batch, 1, side, side),
            labels, Tensor.zeros(labels.shape(), DType.I64)),
        List.of(k1, k2, w1, w2, w3));
  }

  /// Everything three times, forward and by either operand, but for what is by the images.
  @Override
  public Job start(Settings settings) {
    long first = (long) FIRST * firstSide() * firstSide() * KERNEL * KERNEL;
    long second = (long) SECOND * secondSide() * secondSide() * FIRST * KERNEL * KERNEL;
    long dense = features() * 120L + 120 * 84 + 84 * CLASSES;
    return problem().start(settings, 2L * batch * (2 * first + 3 * (second + dense)));
  }
}
