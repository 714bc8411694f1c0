package dev.gradus.benchmarks;

import static dev.gradus.ops.Ops.crossEntropy;
import static dev.gradus.ops.Ops.input;
import static dev.gradus.ops.Ops.matmul;
import static dev.gradus.ops.Ops.max;
import static dev.gradus.ops.Ops.parameter;
import static dev.gradus.ops.Ops.relu;
import static dev.gradus.ops.Ops.reshape;
import static dev.gradus.ops.Ops.slice;
import static dev.gradus.ops.Ops.stack;

import dev.gradus.compile.Settings;
import dev.gradus.graph.Input;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
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
    Node h = maxPool(relu(convolve(images, k1)));
    h = maxPool(relu(convolve(h, k2)));
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

  /// A matrix product with the patches below each place of the kernel.
  private static Node convolve(Node x, Node kernel) {
    int channels = x.shape().dim(1);
    int units = kernel.shape().dim(0);
    int size = x.shape().dim(2) - KERNEL + 1;
    List<Node> patches = new ArrayList<>();
    for (int i = 0; i < KERNEL; i++) {
      for (int j = 0; j < KERNEL; j++) {
        patches.add(slice(x, List.of(0, 0, i, j), List.of(x.shape().dim(0), channels, i + size, j + size)));
      }
    }
    int batch = x.shape().dim(0);
    Node columns = reshape(stack(2, patches), batch, channels * KERNEL * KERNEL, size * size);
    Node rows = reshape(kernel, units, channels * KERNEL * KERNEL);
    return reshape(matmul(rows, columns), batch, units, size, size);
  }

  private static Node maxPool(Node x) {
    int half = x.shape().dim(2) / 2;
    return max(reshape(x, x.shape().dim(0), x.shape().dim(1), half, 2, half, 2), 3, 5);
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
