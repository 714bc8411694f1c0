package dev.gradus.ops;

import dev.gradus.graph.Apply;
import dev.gradus.graph.Node;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// For every op points at which it is smooth: settings and operands, away from kinks, jumps and the edges of its domain.
final class GradientCases {
  private GradientCases() {}

  /// One op at one point.
  ///
  /// @param settings name and value in turns
  /// @param operands the operands' values
  /// @param repeated whether the first operand stands in the place of all the others too
  record Case(Entry entry, List<@Nullable Object> settings, List<Tensor> operands, boolean repeated) {
    List<Node> make(List<? extends Node> x) {
      Map<String, @Nullable Object> named = new LinkedHashMap<>();
      for (int i = 0; i < settings.size(); i += 2) {
        named.put(String.valueOf(settings.get(i)), settings.get(i + 1));
      }
      Node made = entry.make(x, named);
      return made instanceof Apply apply ? apply.results() : List.of(made);
    }

    Case with(@Nullable Object... more) {
      return new Case(entry, Arrays.asList(more), operands, repeated);
    }

    @Override
    public String toString() {
      List<Shape> shapes = operands.stream().map(Tensor::shape).toList();
      return entry.name() + shapes + (settings.isEmpty() ? "" : " " + settings) + (repeated ? " repeated" : "");
    }
  }

  /// Of either sign, no two equal, none whole or half.
  private static final Tensor ANY = Tensor.of(new double[][] {{-1.3, 0.4, 2.1}, {0.7, -0.6, 1.8}});

  private static final Tensor OTHER = Tensor.of(new double[][] {{0.3, 1.1, -0.8}, {-1.6, 0.9, 2.4}});

  private static final Tensor POSITIVE = Tensor.of(new double[][] {{0.3, 1.2, 2.6}, {0.9, 0.6, 1.7}});

  /// Between 0 and 1.
  private static final Tensor FRACTION = Tensor.of(new double[][] {{0.2, 0.9, 0.4}, {0.7, 0.6, 0.1}});

  private static final Tensor ROW = Tensor.vector(0.83, -1.71, 0.67);

  private static final Tensor POSITIVE_COLUMN = Tensor.of(new double[][] {{0.7}, {1.6}});

  private static final Tensor BOOLS = Tensor.of(new boolean[][] {{true, false, true}, {false, false, true}});

  private static final Tensor CLASSES = Tensor.of(new long[] {2, 0});

  private static final Tensor SQUARE = Tensor.of(new double[][] {{0.4, -1.1, 0.9}, {1.3, 0.2, -0.7}, {0.6, 1.5, -0.3}});

  private static final Tensor STACK = Tensor.normal(Shape.of(2, 3, 2), 11);

  private static final Tensor BROAD_STACK = Tensor.normal(Shape.of(4, 1, 2, 3), 12);

  static List<Case> all() {
    List<Case> all = new ArrayList<>();
    elementwise(all);
    reductions(all);
    linearAlgebra(all);
    shapes(all);
    losses(all);
    return all;
  }

  private static Case at(String name, Tensor... operands) {
    return new Case(Vocabulary.get(name), List.of(), List.of(operands), false);
  }

  private static Case repeated(String name, Tensor operand) {
    return new Case(Vocabulary.get(name), List.of(), List.of(operand, operand), true);
  }

  private static void elementwise(List<Case> all) {
    for (String name :
        List.of(
            "negative", "square", "cbrt", "abs", "sign", "exp", "exp2", "expm1", "sin", "cos", "tan", "atan", "sinh",
            "cosh", "tanh", "asinh", "floor", "ceil", "round", "sigmoid", "log_sigmoid", "relu", "leaky_relu", "elu",
            "softplus", "silu", "gelu", "softsign", "mish", "heaviside", "reciprocal", "stop_gradient", "isnan", "isinf",
            "isfinite")) {
      all.add(at(name, ANY));
    }
    for (String name : List.of("sqrt", "rsqrt", "log", "log2", "log10", "log1p")) {
      all.add(at(name, POSITIVE));
    }
    for (String name : List.of("asin", "acos", "atanh")) {
      all.add(at(name, FRACTION));
    }
    all.add(at("acosh", Tensor.vector(1.2, 2.5, 7)));
    all.add(at("clip", ANY).with("min", -1, "max", 1.5));
    all.add(at("clip", ANY).with("max", 0.5));
    all.add(at("leaky_relu", ANY).with("negative_slope", 0.3));
    all.add(at("elu", ANY).with("alpha", 0.7));
    all.add(at("gelu", ANY).with("approximate", "tanh"));
    all.add(at("cast", ANY.cast(DType.F32)).with("dtype", "f64"));
    all.add(at("cast", Tensor.of(new long[] {1, 2})).with("dtype", "f64"));
    for (String name :
        List.of(
            "add", "subtract", "multiply", "divide", "hypot", "maximum", "minimum", "atan2", "remainder",
            "squared_difference")) {
      all.add(at(name, ANY, OTHER));
      all.add(at(name, ANY, ROW));
      all.add(at(name, POSITIVE_COLUMN, ROW));
      all.add(at(name, Tensor.scalar(0.83), OTHER));
    }
    all.add(at("pow", POSITIVE, ANY));
    all.add(at("pow", POSITIVE_COLUMN, ROW));
    for (String name : List.of("add", "subtract", "multiply", "divide", "hypot", "atan2", "pow")) {
      all.add(repeated(name, POSITIVE));
    }
    all.add(at("where", BOOLS, ANY, OTHER));
    all.add(at("where", BOOLS, ROW, POSITIVE_COLUMN));
    for (String name : List.of("equal", "not_equal", "less", "less_equal", "greater", "greater_equal")) {
      all.add(at(name, ANY, OTHER));
    }
    for (String name : List.of("logical_and", "logical_or", "logical_xor")) {
      all.add(at(name, BOOLS, BOOLS));
    }
    all.add(at("logical_not", BOOLS));
  }

  private static void reductions(List<Case> all) {
    for (String name : List.of("sum", "mean", "prod", "max", "min", "var", "std", "norm", "logsumexp")) {
      all.add(at(name, ANY));
      all.add(at(name, ANY).with("axis", 1));
      all.add(at(name, ANY).with("axis", List.of(0), "keepdims", true));
      all.add(at(name, STACK).with("axis", List.of(0, -1)));
    }
    all.add(at("prod", Tensor.of(new double[][] {{0, 1.5, -2.5}, {0.5, 2, 3}})).with("axis", 1));
    all.add(at("var", ANY).with("ddof", 1));
    all.add(at("std", ANY).with("ddof", 1, "axis", 1));
    for (double order : new double[] {1, 2, 3, 2.5, -1, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
      all.add(at("norm", ANY).with("ord", order, "axis", 1));
    }
    for (String name : List.of("softmax", "log_softmax")) {
      all.add(at(name, ANY));
      all.add(at(name, STACK).with("axis", 1));
    }
    all.add(at("argmax", ANY));
    all.add(at("argmin", ANY).with("axis", 1));
  }

  private static void linearAlgebra(List<Case> all) {
    all.add(at("matmul", ANY, SQUARE));
    all.add(at("matmul", ROW, SQUARE));
    all.add(at("matmul", SQUARE, ROW));
    all.add(at("matmul", ROW, Tensor.vector(0.4, 0.9, -1.2)));
    all.add(at("matmul", STACK, ANY));
    all.add(at("matmul", ANY, STACK));
    all.add(at("matmul", BROAD_STACK, STACK));
    all.add(repeated("matmul", SQUARE));
    all.add(at("dot", ROW, Tensor.vector(0.4, 0.9, -1.2)));
    all.add(repeated("dot", ROW));
    all.add(at("outer", ROW, ANY));
    all.add(repeated("outer", ROW));
    all.add(at("transpose", ANY));
    all.add(at("transpose", STACK).with("axes", List.of(2, 0, 1)));
  }

  private static void shapes(List<Case> all) {
    all.add(at("reshape", ANY).with("shape", List.of(3, -1)));
    all.add(at("broadcast_to", ROW).with("shape", List.of(2, 3)));
    all.add(at("broadcast_to", POSITIVE_COLUMN).with("shape", List.of(3, 2, 2)));
    all.add(at("expand_dims", ANY).with("axis", List.of(0, -1)));
    all.add(at("squeeze", POSITIVE_COLUMN));
    all.add(at("concat", ANY, OTHER));
    all.add(at("concat", ANY, POSITIVE_COLUMN, OTHER).with("axis", 1));
    all.add(repeated("concat", ROW));
    all.add(at("stack", ANY, OTHER).with("axis", 1));
    all.add(repeated("stack", ROW));
    all.add(at("split", ANY).with("sections", 3, "axis", 1));
    all.add(at("split", SQUARE).with("sections", List.of(1)));
    all.add(at("slice", SQUARE).with("starts", List.of(0, 1), "ends", List.of(2, 3)));
    all.add(at("slice", SQUARE).with("starts", Arrays.asList(null, -1), "ends", Arrays.asList(null, null), "steps", List.of(2, -1)));
    all.add(at("flip", ANY));
    all.add(at("flip", ANY).with("axis", 1));
    all.add(at("take", SQUARE, Tensor.of(new long[][] {{2, 0}, {2, -1}})).with("axis", 1));
    all.add(at("take", SQUARE, Tensor.of(new long[] {8, 8, 1})));
    all.add(at("one_hot", CLASSES).with("depth", 3));
  }

  private static void losses(List<Case> all) {
    for (String reduction : List.of("mean", "sum", "none")) {
      all.add(at("mse_loss", ANY, OTHER).with("reduction", reduction));
      all.add(at("l1_loss", ANY, OTHER).with("reduction", reduction));
      all.add(at("huber_loss", ANY, OTHER).with("reduction", reduction, "delta", 1.25));
      all.add(at("binary_cross_entropy", FRACTION, POSITIVE).with("reduction", reduction));
      all.add(at("binary_cross_entropy_with_logits", ANY, FRACTION).with("reduction", reduction));
      all.add(at("cross_entropy", ANY, CLASSES).with("reduction", reduction));
      all.add(at("cross_entropy", ANY, FRACTION).with("reduction", reduction, "label_smoothing", 0.1));
      all.add(at("nll_loss", ANY, CLASSES).with("reduction", reduction));
    }
    all.add(at("cross_entropy", ANY, CLASSES).with("label_smoothing", 0.2, "ignore_index", 0));
    all.add(at("cross_entropy", STACK, Tensor.of(new long[][] {{0, 2}, {1, 1}})));
    all.add(at("nll_loss", ANY, CLASSES).with("ignore_index", 2));
  }
}
