package dev.gradus.compile;

import dev.gradus.GradusException;
import dev.gradus.graph.Op;
import dev.gradus.graph.Opaque;
import dev.gradus.graph.Primitive;
import dev.gradus.graph.TensorType;
import dev.gradus.tensor.Tensor;
import dev.gradus.tensor.raw.RawTensors;
import java.util.ArrayList;
import java.util.List;

/// Runs an op's own kernel on copies of its operands: a user's op, or a primitive that has no better step.
final class ReferenceStep implements Step {
  private final Op op;
  private final Value value;
  private final List<Value> operands;
  private final List<Value> results;

  /// @param operands the values whose arrays hold the operands' elements in order
  /// @param results where the results go; of an op with several those that are wanted
  ReferenceStep(Op op, Value value, List<Value> operands, List<Value> results) {
    this.op = op;
    this.value = value;
    this.operands = operands;
    this.results = results;
  }

  @Override
  public List<Value> reads() {
    return operands;
  }

  @Override
  public List<Value> writes() {
    return results;
  }

  @Override
  public Action bind(Arrays arrays) {
    return () -> {
      List<Tensor> x = new ArrayList<>(operands.size());
      for (int i = 0; i < operands.size(); i++) {
        x.add(copy(value.operand(i).type, arrays.of(operands.get(i))));
      }
      List<Tensor> y = evaluate(x);
      for (Value result : results) {
        Tensor from = y.get(Math.max(0, result.result));
        System.arraycopy(RawTensors.array(from), 0, arrays.of(result), 0, from.size());
      }
    };
  }

  private List<Tensor> evaluate(List<Tensor> x) {
    return switch (op) {
      case Primitive primitive -> List.of(primitive.evaluate(value.type, x));
      case Opaque opaque -> located(opaque, x);
      default -> throw new IllegalStateException("no kernel: " + op);
    };
  }

  /// Runs a user's kernel; errors tell the line where its node was made.
  private List<Tensor> located(Opaque opaque, List<Tensor> x) {
    try {
      return checked(opaque.evaluate(x));
    } catch (GradusException e) {
      Value.Call call = value.call;
      throw call == null || call.line() == null ? e : e.at(call.line().toString());
    }
  }

  /// Holds a user's kernel to the types it announced.
  private List<Tensor> checked(List<Tensor> y) {
    Value.Call call = value.call;
    List<TensorType> types = y.stream().map(TensorType::of).toList();
    if (call != null && !types.equals(call.types())) {
      throw new GradusException(
          op.name(), "its kernel must give " + call.types(), types.toString(), "make types and evaluate agree");
    }
    return y;
  }

  static Tensor copy(TensorType type, Object array) {
    int size = type.shape().size();
    Object own = Storage.allocate(type.dtype(), size);
    System.arraycopy(array, 0, own, 0, size);
    return RawTensors.wrap(type.shape(), own);
  }

  @Override
  public long operations() {
    return value.size();
  }

  @Override
  public String describe() {
    return op.name() + " by its own kernel";
  }
}
