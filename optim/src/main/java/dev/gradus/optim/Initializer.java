package dev.gradus.optim;

import dev.gradus.GradusException;
import dev.gradus.tensor.Philox;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;

/// The random start of a parameter, a function of its shape, a seed and the parameter's number.
///
/// Fan-in and fan-out are the numbers of inputs and outputs of a unit: for the weights W of x·W, of shape `[in, out]`, they
/// are the two axes. Kernels of convolutions, of shape `[out, in, ...]`, count every place of the kernel.
public sealed interface Initializer {

  /// The initial value, f64.
  ///
  /// @param shape the parameter's shape
  /// @param seed the seed
  /// @param index the parameter's number; another number gives independent draws
  /// @throws GradusException when the rule needs a fan and the shape has fewer than two axes
  Tensor draw(Shape shape, long seed, long index);

  /// Evenly spread over [low, high).
  ///
  /// @param low the lower end
  /// @param high the upper end
  record Uniform(double low, double high) implements Initializer {
    /// Checks the ends.
    public Uniform {
      if (!(low <= high)) {
        throw new GradusException("uniform", "low must not exceed high", low + " and " + high, "swap them");
      }
    }

    @Override
    public Tensor draw(Shape shape, long seed, long index) {
      double[] out = new double[shape.size()];
      Philox.uniform(seed, Draws.START + index, out);
      for (int i = 0; i < out.length; i++) {
        out[i] = low + (high - low) * out[i];
      }
      return Tensor.of(shape, out);
    }
  }

  /// Normally distributed.
  ///
  /// @param mean the mean
  /// @param deviation the standard deviation, at least 0
  record Normal(double mean, double deviation) implements Initializer {
    /// Checks the deviation.
    public Normal {
      Settings.requireAtLeastZero("normal", "deviation", deviation);
    }

    @Override
    public Tensor draw(Shape shape, long seed, long index) {
      double[] out = new double[shape.size()];
      Philox.normal(seed, Draws.START + index, out);
      for (int i = 0; i < out.length; i++) {
        out[i] = mean + deviation * out[i];
      }
      return Tensor.of(shape, out);
    }
  }

  /// Uniform on ±√(6/(fan-in + fan-out)), for saturating activations: Glorot and Bengio, *Understanding the difficulty of
  /// training deep feedforward neural networks*, 2010, equation 16.
  record XavierUniform() implements Initializer {
    @Override
    public Tensor draw(Shape shape, long seed, long index) {
      double limit = Math.sqrt(6.0 / (fanIn("xavier", shape) + fanOut("xavier", shape)));
      return new Uniform(-limit, limit).draw(shape, seed, index);
    }
  }

  /// Normal with variance 2/(fan-in + fan-out): Glorot and Bengio, 2010, equation 12.
  record XavierNormal() implements Initializer {
    @Override
    public Tensor draw(Shape shape, long seed, long index) {
      double deviation = Math.sqrt(2.0 / (fanIn("xavier", shape) + fanOut("xavier", shape)));
      return new Normal(0, deviation).draw(shape, seed, index);
    }
  }

  /// Uniform on ±√(6/fan-in), of the variance of [HeNormal].
  record HeUniform() implements Initializer {
    @Override
    public Tensor draw(Shape shape, long seed, long index) {
      double limit = Math.sqrt(6.0 / fanIn("he", shape));
      return new Uniform(-limit, limit).draw(shape, seed, index);
    }
  }

  /// Normal with variance 2/fan-in, for ReLU and its relatives: He et al., *Delving deep into rectifiers*, 2015,
  /// equation 10.
  record HeNormal() implements Initializer {
    @Override
    public Tensor draw(Shape shape, long seed, long index) {
      return new Normal(0, Math.sqrt(2.0 / fanIn("he", shape))).draw(shape, seed, index);
    }
  }

  private static int fanIn(String rule, Shape shape) {
    requireAxes(rule, shape);
    return shape.rank() == 2 ? Math.max(1, shape.dim(0)) : Math.max(1, shape.dim(1) * places(shape));
  }

  private static int fanOut(String rule, Shape shape) {
    requireAxes(rule, shape);
    return shape.rank() == 2 ? Math.max(1, shape.dim(1)) : Math.max(1, shape.dim(0) * places(shape));
  }

  /// The places of a convolution's kernel: all axes but the first two.
  private static int places(Shape shape) {
    int places = 1;
    for (int axis = 2; axis < shape.rank(); axis++) {
      places *= shape.dim(axis);
    }
    return places;
  }

  private static void requireAxes(String rule, Shape shape) {
    if (shape.rank() < 2) {
      throw new GradusException(rule, "a shape with inputs and outputs is needed", shape, "start biases at 0");
    }
  }
}
