package dev.gradus.benchmarks;

import static dev.gradus.ops.Ops.gelu;
import static dev.gradus.ops.Ops.input;
import static dev.gradus.ops.Ops.matmul;
import static dev.gradus.ops.Ops.mean;
import static dev.gradus.ops.Ops.parameter;
import static dev.gradus.ops.Ops.reshape;
import static dev.gradus.ops.Ops.softmax;
import static dev.gradus.ops.Ops.split;
import static dev.gradus.ops.Ops.sqrt;
import static dev.gradus.ops.Ops.transpose;
import static dev.gradus.ops.Ops.var;

import dev.gradus.compile.Settings;
import dev.gradus.graph.Input;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.tensor.DType;
import java.util.List;
import java.util.Map;

/// A block of a transformer in f32: layer norm without affine part before attention and before an MLP with GELU (through
/// erf), each added to its input; L = mean x², and the gradients of the four matrices.
///
/// @param batch the number of sequences
/// @param length the length of a sequence
/// @param width the width of an element, a multiple of the number of heads
/// @param heads the number of heads
record Transformer(int batch, int length, int width, int heads) implements Workload {
  @Override
  public String name() {
    return "transformer";
  }

  Problem problem() {
    Draws draws = new Draws();
    Parameter qkv = parameter("Wqkv", draws.normal(DType.F32, 0.05, width, 3 * width));
    Parameter out = parameter("Wo", draws.normal(DType.F32, 0.05, width, width));
    Parameter up = parameter("W1", draws.normal(DType.F32, 0.05, width, 4 * width));
    Parameter down = parameter("W2", draws.normal(DType.F32, 0.05, 4 * width, width));
    Input input = input("x", DType.F32, batch, length, width);

    int depth = width / heads;
    List<Node> parts = split(matmul(layerNorm(input), qkv), -1, 3);
    Node queries = byHead(parts.get(0));
    Node keys = byHead(parts.get(1));
    Node values = byHead(parts.get(2));
    Node scores = matmul(queries, transpose(keys, 0, 1, 3, 2)).dividedBy(Math.sqrt(depth));
    Node attention = transpose(matmul(softmax(scores), values), 0, 2, 1, 3);
    Node x = input.plus(matmul(reshape(attention, batch, length, width), out));
    x = x.plus(matmul(gelu(matmul(layerNorm(x), up)), down));
    return Problem.gradients(
        mean(x.times(x)),
        Map.of(input, draws.normal(DType.F32, 1, batch, length, width)),
        List.of(qkv, out, up, down));
  }

  private Node byHead(Node x) {
    return transpose(reshape(x, batch, length, heads, width / heads), 0, 2, 1, 3);
  }

  private static Node layerNorm(Node x) {
    return x.minus(mean(x, true, -1)).dividedBy(sqrt(var(x, 0, true, -1).plus(1e-5)));
  }

  /// Everything three times, forward and by either operand, but for what is by the input.
  @Override
  public Job start(Settings settings) {
    long rows = (long) batch * length;
    long first = rows * width * 3 * width;
    long attention = 2 * rows * length * width;
    long rest = rows * width * width * (1 + 4 + 4);
    return problem().start(settings, 2 * (2 * first + 3 * (attention + rest)));
  }
}
