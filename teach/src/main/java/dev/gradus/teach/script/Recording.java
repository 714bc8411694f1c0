package dev.gradus.teach.script;

import dev.gradus.graph.Apply;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Node;
import dev.gradus.graph.Opaque;
import dev.gradus.graph.Primitive;
import dev.gradus.graph.Projection;
import dev.gradus.run.Values;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Tensor;
import dev.gradus.teach.script.Unfolding.Step;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The values of all steps of an [Unfolding]: those of a run, and for the inside of boxes what the reference kernels give.
final class Recording {
  private static final long LIMIT = 1L << 53;

  private final List<Tensor> values = new ArrayList<>();
  private final Map<Node, List<Tensor>> opaque = new HashMap<>();

  Recording(Unfolding unfolding, Values run) {
    List<Step> steps = unfolding.steps();
    run.evaluate(steps.stream().map(Step::node).filter(node -> !unfolding.isInside(node)).toList());
    for (Step step : steps) {
      values.add(unfolding.isInside(step.node()) ? evaluate(step) : run.of(step.node()));
    }
  }

  private Tensor evaluate(Step step) {
    List<Tensor> x = step.operands().stream().map(values::get).toList();
    return switch (step.node()) {
      case Constant constant -> constant.value();
      case Projection projection -> evaluate(projection.tuple(), x).get(projection.index());
      case Apply apply -> evaluate(apply, x).getFirst();
      default -> throw new IllegalStateException("a leaf inside a box: " + step.node());
    };
  }

  private List<Tensor> evaluate(Apply apply, List<Tensor> x) {
    return switch (apply.op()) {
      case Primitive primitive -> List.of(primitive.evaluate(apply.type(), x));
      case Opaque own -> opaque.computeIfAbsent(apply, _ -> own.evaluate(x));
      default -> throw new IllegalStateException("a box that was not opened: " + apply);
    };
  }

  Tensor of(int place) {
    return values.get(place);
  }

  /// Whether doubles hold a value: integers from 2⁵³ on they do not all.
  boolean isExact(int place) {
    Tensor value = values.get(place);
    return value.dtype() != DType.I64 || Arrays.stream(value.toLongs()).allMatch(x -> x > -LIMIT && x < LIMIT);
  }

  /// All values one after another, as doubles in little-endian order, in base64.
  String base64() {
    ByteBuffer bytes = ByteBuffer.allocate(values.stream().mapToInt(Tensor::size).reduce(0, Math::addExact) * Double.BYTES);
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    for (Tensor value : values) {
      for (double x : value.toDoubles()) {
        bytes.putDouble(x);
      }
    }
    return Base64.getEncoder().encodeToString(bytes.array());
  }
}
