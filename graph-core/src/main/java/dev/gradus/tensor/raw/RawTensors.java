package dev.gradus.tensor.raw;

import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// The internal door to a tensor's array: reading without a copy, and making a tensor of an array without one. An
/// array that went through this door is never written again.
public abstract class RawTensors {
  private static @Nullable RawTensors door;

  /// Only [Tensor] opens the door.
  protected RawTensors() {}

  /// Called once by [Tensor].
  public static void open(RawTensors opened) {
    door = opened;
  }

  private static RawTensors door() {
    RawTensors known = door;
    if (known == null) {
      known = Tensor.scalar(0.0).size() == 1 ? door : null; // initialises Tensor, which opens the door
    }
    if (known == null) {
      throw new IllegalStateException("Tensor did not open the door");
    }
    return known;
  }

  /// The array of `tensor`.
  protected abstract Object arrayOf(Tensor tensor);

  /// A tensor over `array`.
  protected abstract Tensor over(Shape shape, Object array);

  /// The backing array: `double[]`, `float[]`, `long[]`, `int[]` or `boolean[]`.
  public static Object array(Tensor tensor) {
    return door().arrayOf(tensor);
  }

  /// The backing array of an f64 tensor.
  public static double[] doubles(Tensor tensor) {
    return (double[]) array(tensor);
  }

  /// The backing array of an f32 tensor.
  public static float[] floats(Tensor tensor) {
    return (float[]) array(tensor);
  }

  /// The backing array of an i64 tensor.
  public static long[] longs(Tensor tensor) {
    return (long[]) array(tensor);
  }

  /// The backing array of an i32 tensor.
  public static int[] ints(Tensor tensor) {
    return (int[]) array(tensor);
  }

  /// The backing array of a bool tensor.
  public static boolean[] booleans(Tensor tensor) {
    return (boolean[]) array(tensor);
  }

  /// A tensor over an array of one of the five types, which it owns from now on.
  public static Tensor wrap(Shape shape, Object array) {
    return door().over(shape, array);
  }
}
