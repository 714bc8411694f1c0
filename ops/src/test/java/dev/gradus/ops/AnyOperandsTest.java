package dev.gradus.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.GradusException;
import dev.gradus.diff.Backward;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Node;
import dev.gradus.graph.TensorType;
import dev.gradus.run.Interpreter;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/// Whatever an op is given, it gives what it announced, with gradients that can be computed, or says in its own name
/// (or that of the shape or dtype it was asked for) what it takes. No other exception leaves it.
class AnyOperandsTest {
  @Property(seed = "31", tries = 4000)
  void worksOrSaysWhy(@ForAll long seed) {
    Random random = new Random(seed);
    Entry entry = Vocabulary.all().get(random.nextInt(Vocabulary.all().size()));
    List<Node> x = operands(entry, random);
    Map<String, @Nullable Object> settings = settings(entry, random);
    String call = entry.name() + x + settings;
    try {
      Node made = entry.make(x, settings);
      for (Node result : made.results()) {
        Tensor value = Interpreter.run(result).of(result);
        assertEquals(result.type(), TensorType.of(value), call);
        Node leaf = x.get(entry.indexSlots().contains(0) ? x.size() - 1 : 0);
        if (result.dtype().isFloating()) {
          Node gradient = Backward.from(result, Constant.filled(result.type(), 1)).of(leaf);
          assertEquals(leaf.type(), TensorType.of(Interpreter.run(gradient).of(gradient)), call);
        }
      }
    } catch (GradusException e) {
      String message = String.valueOf(e.getMessage());
      String name = entry.name().equals("embedding") ? "embedding|take" : entry.name();
      assertTrue(message.matches("(?s)(" + name + "|shape|dtype): .+, but got .+; .+"), call + " says: " + message);
    } catch (RuntimeException e) {
      throw new AssertionError(call, e);
    }
  }

  /// The operand that is a condition.
  private static final Map<String, Integer> CONDITIONS = Map.of("where", 0, "masked_fill", 1, "scaled_dot_product_attention", 3);

  private static List<Node> operands(Entry entry, Random random) {
    int[] dims = random.ints(random.nextInt(4), 0, 4).toArray();
    DType dtype = dtype(random);
    int count = entry.operands().size() + (entry.isVariadic() ? random.nextInt(2) : 0) - random.nextInt(entry.optional() + 1);
    List<Node> all = new ArrayList<>();
    for (int slot = 0; slot < count; slot++) {
      boolean index = entry.indexSlots().contains(slot) && random.nextInt(8) > 0;
      boolean condition = CONDITIONS.getOrDefault(entry.name(), -1) == slot && random.nextInt(8) > 0;
      int[] own = random.nextInt(3) == 0 ? similar(dims, random) : dims;
      DType given = index ? DType.I64 : condition ? DType.BOOL : random.nextInt(8) == 0 ? dtype(random) : dtype;
      double[] values = random.doubles(Shape.of(own).size(), -1, 2.9).toArray();
      all.add(Ops.constant("x" + slot, Tensor.of(Shape.of(own), values).cast(given)));
    }
    return all;
  }

  private static DType dtype(Random random) {
    return random.nextInt(3) > 0 ? DType.F64 : List.of(DType.values()).get(random.nextInt(5));
  }

  /// The shape with an axis less, one of size 1 or one of another size.
  private static int[] similar(int[] dims, Random random) {
    if (dims.length == 0) {
      return new int[] {random.nextInt(3)};
    }
    int[] other = dims.clone();
    int axis = random.nextInt(dims.length);
    other[axis] = random.nextInt(3);
    return random.nextBoolean() ? other : Arrays.copyOfRange(dims, 1, dims.length);
  }

  private static final Set<String> NEEDED = Set.of("shape", "equation", "kernel", "groups");

  private static Map<String, @Nullable Object> settings(Entry entry, Random random) {
    Map<String, @Nullable Object> settings = new LinkedHashMap<>();
    for (String key : entry.defaults().keySet()) {
      if (random.nextInt(3) > 0 || NEEDED.contains(key)) {
        settings.put(key, setting(entry, key, random));
      }
    }
    return settings;
  }

  private static @Nullable Object setting(Entry entry, String key, Random random) {
    return switch (key) {
      case "equation" -> EQUATIONS.get(random.nextInt(EQUATIONS.size()));
      case "kernel", "stride", "padding", "output_padding", "dilation" -> random.nextInt(4) == 0 ? (Object) list(random) : random.nextInt(4);
      case "keepdims", "training", "causal", "count_include_pad" -> random.nextBoolean();
      case "reduction" -> List.of("mean", "sum", "none", "all").get(random.nextInt(4));
      case "approximate" -> List.of("none", "tanh", "erf").get(random.nextInt(3));
      case "dtype" -> List.of("f64", "f32", "i64", "i32", "bool", "f16").get(random.nextInt(6));
      case "ord", "min", "max", "alpha", "negative_slope", "delta", "label_smoothing", "eps", "rate" -> random.nextInt(-2, 5) / 2.0;
      case "axes" -> entry.name().equals("tensordot") && random.nextBoolean() ? List.of(list(random), list(random)) : axes(random);
      case "shape", "starts", "ends", "steps", "sections" -> axes(random);
      case "axis" -> entry.operands().size() == 1 && random.nextInt(4) == 0 ? list(random) : axis(random);
      default -> random.nextInt(-1, 4);
    };
  }

  private static final List<String> EQUATIONS =
      List.of("ij,jk->ik", "i,i", "ii->i", "iij", "ij->j", "...", "...i,...i->...", "i...j,j...", "ij,kj->", "->", "i.j", "ij,j->k", "i->ii");

  private static Object axes(Random random) {
    return random.nextInt(6) == 0 ? (Object) random.nextInt(-1, 4) : list(random);
  }

  private static @Nullable Object axis(Random random) {
    return random.nextInt(6) == 0 ? null : Integer.valueOf(random.nextInt(-3, 3));
  }

  private static List<Integer> list(Random random) {
    return IntStream.range(0, random.nextInt(4)).map(_ -> random.nextInt(-2, 4)).boxed().toList();
  }
}
