package dev.gradus.compiled;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.compile.Call;
import dev.gradus.compile.Program;
import dev.gradus.compile.Settings;
import dev.gradus.graph.Input;
import dev.gradus.graph.Node;
import dev.gradus.laws.Vectors;
import dev.gradus.ops.Ops;
import dev.gradus.run.Interpreter;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The f32 functions of compiled programs against the interpreter's, which are double precision rounded once: over the whole
/// range of floats, with the same bits with and without vectors.
class SinglePrecisionTest {
  private static final int CHUNK = 1 << 14;

  /// Every how many-th float is tried; run with `-Dfloats=1` for all.
  private static final int STRIDE = Integer.getInteger("floats", 1499);

  private static final float[] SPECIAL = {
    0f, -0f, Float.MIN_VALUE, -Float.MIN_VALUE, 1e-40f, -1e-40f, Float.MIN_NORMAL, -Float.MIN_NORMAL, 1e-20f, -1e-20f, 0x1p-24f,
    -0x1p-25f, 0.3f, 0.5f, -0.5f, 0.62499994f, 0.625f, 0.625001f, -0.625f, 0.70710677f, 0.7071068f, 0.99999994f, 1f, -1f, 1.0000001f,
    1.4142135f, 1.4142137f, 1.5707963f, 3.1415925f, 3.1415927f, -3.1415927f, 6.2831855f, 8.664339f, 9.010913f, 16.6f, -17f,
    -17.328682f, 22f, 44f, 87.33655f, 87.9f, 88f, 88.1f, 88.72283f, 88.72284f, 88.8f, 89f, 89.4f, 90f, -87.33655f, -87.4f, -88f, -89f,
    -103.2f, -103.97208f, -103.98f, -104f, -105f, 29999.998f, 30000f, 30001f, -30000.5f, 65536f, 1e6f, 1e10f, 1e20f, -1e20f, 1e30f,
    1.1e30f, Float.MAX_VALUE, -Float.MAX_VALUE, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN,
    Float.intBitsToFloat(0x7fc12345), -0.9999f, -0.99991f, -0.99999994f
  };

  static Stream<Arguments> functions() {
    return Stream.of(
        of("exp", 1, Float.MIN_NORMAL, Ops::exp),
        of("log", 1, 0, Ops::log),
        of("log1p", 3, 0, Ops::log1p),
        of("expm1", 3, 0, Ops::expm1),
        of("sin", 2, 0, Ops::sin),
        of("cos", 2, 0, Ops::cos),
        of("tanh", 5, 0, Ops::tanh),
        of("sinh", 1, 0, Ops::sinh),
        of("cosh", 2, 0, Ops::cosh),
        of("sigmoid", 3, Float.MIN_NORMAL, Ops::sigmoid),
        of("silu", 4, 1e-36, Ops::silu),
        of("softplus", 3, Float.MIN_NORMAL, Ops::softplus),
        of("gelu", 32, 1e-3, Ops::gelu),
        of("sqrt", 1, 0, Ops::sqrt),
        of("cbrt", 1, 0, Ops::cbrt),
        of("log2", 1, 0, Ops::log2),
        of("exp2", 1, 0, Ops::exp2),
        of("tan", 1, 0, Ops::tan),
        of("atan", 1, 0, Ops::atan));
  }

  private static Arguments of(String name, int ulps, double tiny, UnaryOperator<Node> function) {
    return Arguments.of(name, ulps, tiny, function);
  }

  /// @param ulps the largest error, in units in the last place of the right result
  /// @param tiny results below this may be 0, and errors below its last place count as none
  @ParameterizedTest(name = "{0}")
  @MethodSource("functions")
  void isNearDoublePrecisionOverAllFloats(String name, int ulps, double tiny, UnaryOperator<Node> function) {
    Node x = Input.of("x", DType.F32, Shape.of(CHUNK));
    Node y = function.apply(x);
    float[] in = new float[CHUNK];
    float[] vectors = new float[CHUNK];
    float[] plain = new float[CHUNK];
    Call withVectors = Program.of(List.of(y), Settings.standard()).call().input(x, in).output(y, vectors);
    Vectors.atOnce(() -> withVectors.run(() -> true));
    Call without = Program.of(List.of(y), Settings.standard().withoutVectors()).call().input(x, in).output(y, plain);
    Node exact = function.apply(Input.of("x", DType.F64, Shape.of(CHUNK)));
    double largest = 0;
    float worst = 0;
    List<String> wrong = new ArrayList<>();
    int chunks = (int) ((1L << 32) / STRIDE / CHUNK) + 1;
    long bits = Integer.MIN_VALUE;
    for (int chunk = 0; chunk <= chunks; chunk++) {
      for (int i = 0; i < CHUNK; i++) {
        in[i] = chunk == 0 ? SPECIAL[i % SPECIAL.length] : Float.intBitsToFloat((int) (bits += STRIDE));
      }
      withVectors.run();
      without.run();
      assertEquals(-1, Arrays.mismatch(vectors, plain), name + ": vectors and scalar code differ");
      double[] want = run(exact, in);
      for (int i = 0; i < CHUNK; i++) {
        double error = error(vectors[i], want[i], tiny);
        if (error > largest) {
          largest = error;
          worst = in[i];
        }
        if (error > ulps && wrong.size() < 10) {
          wrong.add(name + "(" + in[i] + ") is " + vectors[i] + ", not " + want[i] + ": " + error + " ulp");
        }
      }
    }
    System.out.printf("f32 %s: %.2f ulp at %s%n", name, largest, worst);
    assertEquals(List.of(), wrong);
  }

  private static double[] run(Node exact, float[] in) {
    double[] wide = new double[in.length];
    Arrays.setAll(wide, i -> in[i]);
    Node x = exact;
    while (!(x instanceof Input)) {
      x = x.operands().getFirst();
    }
    return Interpreter.run(List.of(exact), Map.of(x, Tensor.of(x.shape(), wide))).of(exact).toDoubles();
  }

  /// The distance of a float from a number in units in the last place, 0 where it is that number rounded; infinite where
  /// the sign of a zero, a NaN or an infinity is wrong.
  private static double error(float got, double want, double tiny) {
    float right = (float) want;
    if (Float.compare(got, right) == 0) {
      return 0;
    }
    if ((got == 0 && Math.abs(want) < tiny) || Math.abs(got - want) < tiny * 0x1p-24) {
      return 0;
    }
    if (Double.isNaN(want) || Float.isNaN(got) || want == 0) {
      return Double.POSITIVE_INFINITY;
    }
    if (Float.isInfinite(got) || Float.isInfinite(right)) {
      // next to the largest float either may be right
      float finite = Float.isInfinite(got) ? right : got;
      return Float.isInfinite(finite) || Math.abs(finite) < 0.999f * Float.MAX_VALUE || got < 0 != want < 0
          ? Double.POSITIVE_INFINITY
          : (Float.MAX_VALUE - Math.abs(finite)) / Math.ulp(Float.MAX_VALUE) + 1;
    }
    if (got == 0 && Math.abs(want) <= 2 * Float.MIN_VALUE && 1 / got < 0 == want < 0) {
      return Math.abs(want) / Float.MIN_VALUE;
    }
    return Math.abs(got - want) / Math.ulp(right);
  }

  /// In rows of any length, and alone.
  @ParameterizedTest(name = "{0}")
  @MethodSource("functions")
  void isTheSameInShortAndLongLoops(String name, int ulps, double tiny, UnaryOperator<Node> function) {
    for (int size : new int[] {1, 3, 8, 15, 16, 17, 31, 100}) {
      Node x = Input.of("x", DType.F32, Shape.of(size));
      Node y = function.apply(x);
      float[] in = new float[size];
      for (int i = 0; i < size; i++) {
        in[i] = SPECIAL[(i * 7 + size) % SPECIAL.length];
      }
      Map<Node, Tensor> feeds = Map.of(x, Tensor.of(Shape.of(size), in));
      Tensor want = Program.of(List.of(y), Settings.standard().withoutVectors()).run(feeds).getFirst();
      assertEquals(want, Vectors.atOnce(() -> Program.of(List.of(y), Settings.standard()).run(feeds)).getFirst(), name + " of " + size);
      for (int i = 0; i < size; i++) {
        Node one = Input.of("x", DType.F32, Shape.SCALAR);
        Tensor alone = Program.of(function.apply(one)).run(Map.of(one, Tensor.scalar(in[i]))).getFirst();
        assertEquals((float) alone.item(), (float) want.toDoubles()[i], name + "(" + in[i] + ") alone");
      }
    }
    assertTrue(ulps > 0 && tiny >= 0);
  }
}
