package dev.gradus.graph;

import dev.gradus.GradusException;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Philox;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import dev.gradus.tensor.raw.RawTensors;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The *random* primitive: f64 numbers drawn from a distribution, as a function of this op's seed and of the operand,
/// an integer scalar that counts steps. The same seed and step give the same numbers on every machine ([Philox]);
/// two draws that shall differ take different seeds.
///
/// @param distribution uniform on [0, 1), or standard normal
/// @param shape the shape of the result
/// @param seed the seed
public record RandomDraw(Distribution distribution, Shape shape, long seed) implements Primitive {

  /// What is drawn from.
  public enum Distribution {
    UNIFORM,
    NORMAL
  }

  @Override
  public String name() {
    return "random_" + distribution.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public TensorType type(List<TensorType> x) {
    TensorType step = x.getFirst();
    if (!step.dtype().isInteger() || step.shape().rank() != 0) {
      throw new GradusException(name(), "the step must be an integer scalar", step, "pass an i64 input");
    }
    return new TensorType(shape, DType.F64);
  }

  @Override
  public Tensor evaluate(TensorType result, List<Tensor> x) {
    double[] out = new double[shape.size()];
    long step = x.getFirst().getLong();
    switch (distribution) {
      case UNIFORM -> Philox.uniform(seed, step, out);
      case NORMAL -> Philox.normal(seed, step, out);
    }
    return RawTensors.wrap(shape, out);
  }

  @Override
  public @Nullable Node pullback(Apply out, int slot, Node g) {
    return null;
  }

  @Override
  public @Nullable Node pushforward(Apply out, List<@Nullable Node> tangents) {
    return null;
  }

  @Override
  public String rule(Apply out, int slot) {
    return "none: a draw does not depend on its step smoothly";
  }
}
