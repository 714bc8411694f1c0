package dev.gradus.ops;

import static dev.gradus.ops.EntryBuilder.op;

import dev.gradus.GradusException;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Composite;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Contract;
import dev.gradus.graph.Node;
import dev.gradus.graph.RandomDraw;
import dev.gradus.graph.Typing;
import dev.gradus.graph.View;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Layers of deep networks that a lecture draws as one box: normalisation, dropout and attention.
final class Layers {
  private Layers() {}

  private static final double EPSILON = 1e-5;

  static final Entry LINEAR =
      op("linear", List.of("x", "w", "bias"), (x, a) -> Apply.of(new Linear(), x))
          .optional(1)
          .doc("a dense layer: the rows of x times the rows of w[out, in], plus a bias")
          .formula("x @ wᵀ + bias")
          .derivatives("to x: g @ w", "to w: gᵀ @ x", "to bias: the sum of g's rows")
          .domain("the last axis of x has the size of the last of w")
          .build();

  static final Entry LAYER_NORM =
      op(
              "layer_norm",
              List.of("x", "scale", "shift"),
              (x, a) -> layerNorm(x.get(0), x.get(1), x.get(2), a.number("eps"), a.integerOrNull("axes")))
          .attribute("eps", EPSILON)
          .attribute("axes", null)
          .doc("the last axes, those of scale, brought to mean 0 and variance 1; then scaled and shifted")
          .formula("(x - mean(x)) / sqrt(var(x) + eps) * scale + shift")
          .derivatives("to x: h - mean(h) - n * mean(h * n), over sqrt(var(x) + eps), with h = g * scale and n the normalised x",
              "to scale: the sum of g * n", "to shift: the sum of g")
          .domain("eps > 0, or elements that differ")
          .build();

  static final Entry RMS_NORM =
      op(
              "rms_norm",
              List.of("x", "scale"),
              (x, a) -> rmsNorm(x.get(0), x.get(1), a.number("eps"), a.integerOrNull("axes")))
          .attribute("eps", EPSILON)
          .attribute("axes", null)
          .doc("the last axes, those of scale, divided by their root mean square; then scaled")
          .formula("x / sqrt(mean(x^2) + eps) * scale")
          .derivatives("to x: h - n * mean(h * n), over sqrt(mean(x^2) + eps), with h = g * scale and n the normalised x",
              "to scale: the sum of g * n")
          .domain("eps > 0, or an element that is not 0")
          .build();

  static final Entry GROUP_NORM =
      op(
              "group_norm",
              List.of("x", "scale", "shift"),
              (x, a) -> groupNorm(x.get(0), x.get(1), x.get(2), a.integer("groups"), a.number("eps")))
          .required("groups")
          .attribute("eps", EPSILON)
          .doc("groups of channels (axis 1) of each example brought to mean 0 and variance 1; then scaled and shifted by channel")
          .formula("(x - mean(x)) / sqrt(var(x) + eps) * scale + shift")
          .derivatives("as layer_norm, over each group")
          .domain("groups divide the channels; eps > 0, or elements that differ")
          .build();

  static final Entry INSTANCE_NORM =
      op("instance_norm", List.of("x", "scale", "shift"), (x, a) -> instanceNorm(x.get(0), x.get(1), x.get(2), a.number("eps")))
          .attribute("eps", EPSILON)
          .doc("each channel (axis 1) of each example brought to mean 0 and variance 1; then scaled and shifted by channel")
          .formula("(x - mean(x)) / sqrt(var(x) + eps) * scale + shift")
          .derivatives("as layer_norm, over each channel of each example")
          .domain("eps > 0, or elements that differ")
          .build();

  static final Entry BATCH_NORM =
      op(
              "batch_norm",
              List.of("x", "scale", "shift", "mean", "variance"),
              (x, a) -> Apply.of(new BatchNorm(a.number("eps"), a.flag("training")), x))
          .optional(2)
          .attribute("eps", EPSILON)
          .attribute("training", true)
          .doc("each channel (axis 1) brought to mean 0 and variance 1 over the batch; when not training, by the given statistics")
          .formula("(x - mean) / sqrt(variance + eps) * scale + shift")
          .derivatives("as layer_norm, over the batch; when not training to x: g * scale / sqrt(variance + eps)")
          .domain("training: x, scale and shift; else mean and variance too")
          .convention("the variance is biased; the gradient flows through the batch's statistics")
          .build();

  static final Entry DROPOUT =
      op("dropout", List.of("x", "step"), (x, a) -> dropout(x.get(0), x.get(1), a.number("rate"), a.integer("seed")))
          .indices(1)
          .attribute("rate", 0.5)
          .attribute("seed", 0)
          .doc("x with elements set to 0 at random, the others divided by 1 - rate; other elements at each step")
          .formula("where(u < rate, 0, x / (1 - rate)), with u uniform")
          .derivatives("to x: the same elements of g")
          .domain("0 <= rate < 1; step an integer")
          .convention("seed and step decide what is dropped: the same ones drop the same elements")
          .build();

  static final Entry ATTENTION =
      op(
              "scaled_dot_product_attention",
              List.of("q", "k", "v", "mask"),
              (x, a) -> Apply.of(new Attention(a.flag("causal"), a.numberOrNull("scale")), x))
          .optional(1)
          .aliases("attention")
          .attribute("causal", false)
          .attribute("scale", null)
          .doc("for each query in q[..., n, d] the mean of v[..., m, e], weighed by how well its key in k[..., m, d] fits")
          .formula("softmax(q @ kᵀ * scale + mask) @ v, with scale 1 / sqrt(d) unless given")
          .derivatives("chain rule through softmax and both products")
          .domain("a bool mask is true where attention is allowed, any other is added")
          .convention("a query that may attend to nothing gives 0, with gradient 0; causal keeps keys up to the query's place")
          .build();

  static final List<Entry> ENTRIES =
      List.of(
          LINEAR, LAYER_NORM, RMS_NORM, GROUP_NORM, INSTANCE_NORM, BATCH_NORM, DROPOUT, ATTENTION);

  static Node layerNorm(Node x, Node scale, Node shift, double epsilon, @Nullable Integer axes) {
    requireAxes("layer_norm", scale, axes);
    return new LayerNorm(epsilon).of(x, scale, shift);
  }

  static Node rmsNorm(Node x, Node scale, double epsilon, @Nullable Integer axes) {
    requireAxes("rms_norm", scale, axes);
    return new RmsNorm(epsilon).of(x, scale);
  }

  private static void requireAxes(String op, Node scale, @Nullable Integer axes) {
    if (axes != null && axes != scale.shape().rank()) {
      throw new GradusException(op, "axes must be as many as scale has", axes + " for " + scale.shape(), "leave it out");
    }
  }

  static Node groupNorm(Node x, Node scale, Node shift, int groups, double epsilon) {
    return new GroupNorm("group_norm", groups, epsilon).of(x, scale, shift);
  }

  static Node instanceNorm(Node x, Node scale, Node shift, double epsilon) {
    requireChannels("instance_norm", List.of(x));
    return new GroupNorm("instance_norm", Math.max(1, x.shape().dim(1)), epsilon).of(x, scale, shift);
  }

  static Node dropout(Node x, Node step, double rate, long seed) {
    return new Dropout(rate, seed).of(x, step);
  }

  /// `x` with mean 0 and variance 1 over axes.
  private static Node standardised(Node x, List<Integer> axes, double epsilon) {
    Node deviations = x.minus(mean(x, axes));
    Node variance = mean(Arithmetics.SQUARE.of(deviations), axes);
    return deviations.times(Arithmetics.RSQRT.of(variance.plus(epsilon)));
  }

  private static Node mean(Node x, List<Integer> axes) {
    return new Statistics.Mean(axes, true).of(x);
  }

  /// Refuses what is not x and numbers for each of its channels, all of one floating-point dtype.
  private static void requireChannels(String op, List<Node> x) {
    Typing.Rule.FLOATING.result(op, x.stream().map(Node::type).toList());
    Shape shape = x.getFirst().shape();
    if (shape.rank() < 2) {
      throw new GradusException(op, "x must have channels on axis 1", shape, "reshape it to [n, channels, ...]");
    }
    for (Node each : x.subList(1, x.size())) {
      if (!each.shape().equals(Shape.of(shape.dim(1)))) {
        throw new GradusException(op, "scale and shift must have one number for each channel", each.shape() + " for " + shape, "reshape them");
      }
    }
  }

  /// A number for each channel, to be broadcast over the axes after them.
  private static Node byChannel(Node each, Shape x) {
    int[] dims = new int[x.rank() - 1];
    Arrays.fill(dims, 1);
    dims[0] = x.dim(1);
    return View.reshape(each, Shape.of(dims));
  }

  /// The last axes of `x`, those of `like`.
  private static List<Integer> trailing(String op, List<Node> x) {
    Typing.Rule.FLOATING.result(op, x.stream().map(Node::type).toList());
    Shape shape = x.get(0).shape();
    Shape scale = x.get(1).shape();
    int lead = shape.rank() - scale.rank();
    if (scale.rank() == 0 || lead < 0 || !Shape.of(Arrays.copyOfRange(shape.dims(), lead, shape.rank())).equals(scale)) {
      throw new GradusException(op, "scale must have the last axes of x", shape + " and " + scale, "reshape it");
    }
    for (Node each : x.subList(2, x.size())) {
      if (!each.shape().equals(scale)) {
        throw new GradusException(op, "shift must have the shape of scale", scale + " and " + each.shape(), "reshape it");
      }
    }
    return IntStream.range(lead, shape.rank()).boxed().toList();
  }

  record Linear() implements Composite {
    @Override
    public String name() {
      return "linear";
    }

    @Override
    public List<Node> expand(List<Node> x) {
      Typing.Rule.NUMERIC.result("linear", x.stream().map(Node::type).toList());
      Shape rows = x.get(0).shape();
      Shape weights = x.get(1).shape();
      if (rows.rank() == 0 || weights.rank() != 2 || rows.dim(-1) != weights.dim(1)) {
        throw new GradusException(
            "linear", "operands must be x[..., in] and w[out, in]", rows + " and " + weights, "transpose the weights?");
      }
      String batch = LinearAlgebra.MatMul.letters(rows.rank() - 1);
      Node product = new Contract(batch + "i,oi->" + batch + "o").of(x.get(0), x.get(1));
      if (x.size() == 2) {
        return List.of(product);
      }
      if (!x.get(2).shape().equals(Shape.of(weights.dim(0)))) {
        throw new GradusException(
            "linear", "the bias must have one number for each output", x.get(2).shape() + " for " + weights, "reshape it");
      }
      return List.of(product.plus(x.get(2)));
    }
  }

  /// Ba, Kiros and Hinton (2016).
  record LayerNorm(double epsilon) implements Composite {
    @Override
    public String name() {
      return "layer_norm";
    }

    @Override
    public List<Node> expand(List<Node> x) {
      List<Integer> axes = trailing("layer_norm", x);
      return List.of(standardised(x.get(0), axes, epsilon).times(x.get(1)).plus(x.get(2)));
    }
  }

  /// Zhang and Sennrich (2019).
  record RmsNorm(double epsilon) implements Composite {
    @Override
    public String name() {
      return "rms_norm";
    }

    @Override
    public List<Node> expand(List<Node> x) {
      List<Integer> axes = trailing("rms_norm", x);
      Node root = Arithmetics.RSQRT.of(mean(Arithmetics.SQUARE.of(x.get(0)), axes).plus(epsilon));
      return List.of(x.get(0).times(root).times(x.get(1)));
    }
  }

  /// Wu and He (2018).
  record GroupNorm(String name, int groups, double epsilon) implements Composite {
    @Override
    public List<Node> expand(List<Node> x) {
      requireChannels(name, x);
      Shape shape = x.getFirst().shape();
      if (groups < 1 || shape.dim(1) % groups != 0) {
        throw new GradusException(name, "groups must divide the channels", groups + " of " + shape, "choose a divisor of " + shape.dim(1));
      }
      int[] dims = shape.dims();
      int rest = Arrays.stream(dims, 2, dims.length).reduce(dims[1] / groups, (a, b) -> a * b);
      Node grouped = View.reshape(x.get(0), Shape.of(dims[0], groups, rest));
      Node normal = View.reshape(standardised(grouped, List.of(2), epsilon), shape);
      return List.of(normal.times(byChannel(x.get(1), shape)).plus(byChannel(x.get(2), shape)));
    }
  }

  /// Ioffe and Szegedy (2015). What is remembered of the batches for use after training is up to the caller.
  record BatchNorm(double epsilon, boolean training) implements Composite {
    @Override
    public String name() {
      return "batch_norm";
    }

    @Override
    public List<Node> expand(List<Node> x) {
      int wanted = training ? 3 : 5;
      if (x.size() != wanted) {
        throw new GradusException(
            name(), (training ? "training takes x, scale and shift" : "without training mean and variance must be given"),
            x.size() + " operands", training ? "leave out mean and variance" : "pass five operands");
      }
      requireChannels(name(), x);
      Shape shape = x.getFirst().shape();
      List<Integer> axes = IntStream.range(0, shape.rank()).filter(axis -> axis != 1).boxed().toList();
      Node normal =
          training
              ? standardised(x.get(0), axes, epsilon)
              : x.get(0).minus(byChannel(x.get(3), shape)).times(Arithmetics.RSQRT.of(byChannel(x.get(4), shape).plus(epsilon)));
      return List.of(normal.times(byChannel(x.get(1), shape)).plus(byChannel(x.get(2), shape)));
    }
  }

  /// Srivastava et al. (2014), scaled so that the expected value stays.
  ///
  /// @param rate the probability of an element to be dropped
  /// @param seed tells draws of one step apart
  record Dropout(double rate, long seed) implements Composite {
    @Override
    public String name() {
      return "dropout";
    }

    @Override
    public List<Node> expand(List<Node> x) {
      Node operand = x.get(0);
      Node step = x.get(1);
      Typing.Rule.FLOATING.result("dropout", List.of(operand.type()));
      if (!(rate >= 0 && rate < 1)) {
        throw new GradusException("dropout", "rate must lie in [0, 1)", rate, "0.5 is usual");
      }
      if (!step.dtype().isInteger() || step.shape().rank() != 0) {
        throw new GradusException("dropout", "the step must be an integer scalar", step.type(), "pass an i64 input");
      }
      Node draw = new RandomDraw(RandomDraw.Distribution.UNIFORM, operand.shape(), seed).of(step);
      Node dropped = Comparisons.LESS.of(draw, Constant.of(rate));
      return List.of(Arithmetics.WHERE.of(dropped, Constant.scalar(operand.dtype(), 0), operand.times(1 / (1 - rate))));
    }

    @Override
    public String rule(Apply out, int slot) {
      return slot == 0 ? "the elements of g that were kept, divided by 1 - rate" : "none: a step";
    }
  }

  /// Vaswani et al. (2017).
  ///
  /// @param causal whether a query sees only keys up to its own place
  /// @param scale what scores are multiplied with; null for 1 / √d
  record Attention(boolean causal, @Nullable Double scale) implements Composite {
    private static final String NAME = "scaled_dot_product_attention";

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public List<Node> expand(List<Node> x) {
      Node q = x.get(0);
      Node k = x.get(1);
      Node v = x.get(2);
      check(q, k, v);
      double factor = scale == null ? 1 / Math.sqrt(q.shape().dim(-1)) : scale;
      Node scores = LinearAlgebra.MATMUL.of(q, transposed(k)).times(factor);
      if (x.size() == 4) {
        scores = masked(scores, x.get(3));
      }
      if (causal) {
        scores = where(causalMask(scores.shape().dim(-2), scores.shape().dim(-1)), scores);
      }
      Node weights = x.size() == 4 ? Softmaxes.orZero(scores) : Softmaxes.softmax(scores, -1);
      return List.of(LinearAlgebra.MATMUL.of(weights, v));
    }

    private static void check(Node q, Node k, Node v) {
      Typing.Rule.FLOATING.result(NAME, List.of(q.type(), k.type(), v.type()));
      boolean stacks = q.shape().rank() >= 2 && k.shape().rank() >= 2 && v.shape().rank() >= 2;
      if (!stacks || q.shape().dim(-1) != k.shape().dim(-1) || k.shape().dim(-2) != v.shape().dim(-2)) {
        throw new GradusException(
            NAME, "operands must be q[..., n, d], k[..., m, d] and v[..., m, e]", q.shape() + ", " + k.shape() + " and " + v.shape(),
            "transpose one of them?");
      }
      Shape keys = Shape.broadcast(NAME, stack(q.shape()), stack(k.shape()));
      Shape.broadcast(NAME, keys, stack(v.shape()));
    }

    private static Shape stack(Shape shape) {
      return Shape.of(Arrays.copyOf(shape.dims(), shape.rank() - 2));
    }

    private static Node transposed(Node x) {
      List<Integer> axes = new ArrayList<>(IntStream.range(0, x.shape().rank()).boxed().toList());
      axes.add(axes.remove(axes.size() - 2));
      return new View.Permute(axes).of(x);
    }

    private static Node masked(Node scores, Node mask) {
      if (mask.dtype() != DType.BOOL && mask.dtype() != scores.dtype()) {
        throw new GradusException(
            NAME, "the mask must be bool or have the one dtype of all", mask.dtype(), "cast the mask");
      }
      if (!mask.shape().broadcastsTo(scores.shape())) {
        throw new GradusException(NAME, "the mask must broadcast to the scores", mask.shape() + " to " + scores.shape(), "reshape it");
      }
      return mask.dtype() == DType.BOOL ? where(mask, scores) : scores.plus(mask);
    }

    /// The scores where a key is allowed, else -∞.
    private static Node where(Node allowed, Node scores) {
      return Arithmetics.WHERE.of(allowed, scores, Constant.scalar(scores.dtype(), Double.NEGATIVE_INFINITY));
    }
  }

  /// For each of `queries` which of `keys` are at its own place or before.
  static Constant causalMask(int queries, int keys) {
    return Constant.of(Shapes.triangle(true, queries, keys, 0));
  }
}
