package dev.gradus.compile;

import dev.gradus.compile.numbers.NumberLoops;
import dev.gradus.compile.numbers.NumberWriter;
import dev.gradus.graph.Cast;
import dev.gradus.graph.Elementwise;
import dev.gradus.scalar.Arithmetic;
import dev.gradus.scalar.Expression;
import dev.gradus.tensor.DType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Runs a large computation with single numbers.
final class NumberStep implements Step {
  private static final Expression IS_TRUE = Arithmetic.NOT_EQUAL.of(Expression.variable(0), Expression.constant(0));

  private final NumberLoops loops;
  private final List<Value> read = new ArrayList<>();
  private final List<Integer> readNumbers = new ArrayList<>();
  private final List<Integer> offsets = new ArrayList<>();
  private final List<Value> written = new ArrayList<>();
  private final List<Integer> writtenNumbers = new ArrayList<>();

  /// Whether such loops can hold all of these: f64 numbers and truth, one each, from formulas, casts and views that are read.
  static boolean holds(List<Value> members) {
    for (Value member : members) {
      boolean fits = isHeld(member) && member.size() == 1 && !Affine.isWritten(member);
      for (Value operand : member.operands) {
        fits &= isHeld(operand);
      }
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private static boolean isHeld(Value value) {
    return value.type.dtype() == DType.F64 || value.type.dtype() == DType.BOOL;
  }

  NumberStep(Fusion fusion, List<Value> members, Predicate<Value> isStored) {
    NumberWriter writer = new NumberWriter();
    Map<Value, Integer> numbers = new HashMap<>(2 * members.size());
    for (Value member : members) {
      int[] x = new int[member.operands.length];
      for (int slot = 0; slot < x.length; slot++) {
        x[slot] = number(fusion, member, slot, writer, numbers);
      }
      int result =
          switch (member.op) {
            case Elementwise map -> writer.formula(map.formula(), x);
            case Cast cast when cast.dtype() == DType.BOOL -> writer.formula(IS_TRUE, x);
            case null, default -> x[0];
          };
      numbers.put(member, result);
      if (isStored.test(member)) {
        written.add(member);
        writtenNumbers.add(result);
      }
    }
    loops = writer.finish();
  }

  private int number(
      Fusion fusion, Value member, int slot, NumberWriter writer, Map<Value, Integer> numbers) {
    Affine access = fusion.access(member, slot);
    Value base = access.base();
    Integer known = access.offset() == 0 ? numbers.get(base) : null;
    if (known != null) {
      return known;
    }
    if (base.constant != null && base.size() == 1) {
      return writer.constant(base.constant.item());
    }
    int number = writer.given();
    read.add(base);
    readNumbers.add(number);
    offsets.add(access.offset());
    if (access.offset() == 0) {
      numbers.put(base, number);
    }
    return number;
  }

  @Override
  public List<Value> reads() {
    return read;
  }

  @Override
  public List<Value> writes() {
    return written;
  }

  @Override
  public Action bind(Arrays arrays) {
    double[] v = loops.numbers();
    Object[] from = read.stream().map(arrays::of).toArray();
    int[] fromPlaces = readNumbers.stream().mapToInt(loops::place).toArray();
    int[] fromOffsets = offsets.stream().mapToInt(Integer::intValue).toArray();
    Object[] to = written.stream().map(arrays::of).toArray();
    int[] toPlaces = writtenNumbers.stream().mapToInt(loops::place).toArray();
    return () -> {
      for (int i = 0; i < from.length; i++) {
        v[fromPlaces[i]] = from[i] instanceof double[] doubles
            ? doubles[fromOffsets[i]]
            : ((boolean[]) from[i])[fromOffsets[i]] ? 1 : 0;
      }
      loops.run(v);
      for (int i = 0; i < to.length; i++) {
        if (to[i] instanceof double[] doubles) {
          doubles[0] = v[toPlaces[i]];
        } else {
          ((boolean[]) to[i])[0] = v[toPlaces[i]] != 0;
        }
      }
    };
  }

  @Override
  public long operations() {
    return loops.size();
  }

  @Override
  public String describe() {
    return loops.size() + " single numbers in " + loops.batches() + " loops";
  }
}
