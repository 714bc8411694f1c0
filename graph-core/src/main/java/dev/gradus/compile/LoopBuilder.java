package dev.gradus.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import dev.gradus.compile.kernel.Code;
import dev.gradus.compile.kernel.Instruction;
import dev.gradus.compile.kernel.Register;
import dev.gradus.compile.kernel.LoopNest;
import dev.gradus.graph.Cast;
import dev.gradus.graph.Elementwise;
import dev.gradus.graph.Reduce;
import dev.gradus.graph.TensorType;
import dev.gradus.graph.View;
import dev.gradus.scalar.Expression;
import dev.gradus.tensor.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Makes the loop nest of values that are computed together.
final class LoopBuilder {
  private final Fusion fusion;
  private final Domain domain;
  private final Code code = new Code();
  private final Map<Value, Instruction> registers = new HashMap<>();
  private final Map<Affine, Integer> loadNumbers = new HashMap<>();

  private final List<Value> arrays = new ArrayList<>();
  private final Map<Value, Integer> numbers = new HashMap<>();
  private final List<Raw> loads = new ArrayList<>();
  private final List<LoopNest.Reduction> reductions = new ArrayList<>();
  private final List<RawTarget> targets = new ArrayList<>();
  private boolean hasRows;

  /// An access over all axes of the domain, before axes are joined.
  private record Raw(int array, DType dtype, int offset, List<Integer> strides) {}

  private record RawTarget(Raw to, Reduce.@Nullable Kind kind, Instruction x, boolean perRow) {}

  /// A loop nest and the values whose arrays it counts.
  ///
  /// @param members what it computes, in memory or on the way
  record Loop(LoopNest nest, List<Value> arrays, List<Value> members) {}

  private LoopBuilder(Fusion fusion, Domain domain) {
    this.fusion = fusion;
    this.domain = domain;
  }

  /// @param isStored whether a value must be in memory afterwards
  static Loop of(Fusion fusion, Fusion.Group group, Predicate<Value> isStored) {
    Domain domain = group.domain();
    if (domain == null) {
      throw new IllegalStateException("not computed in a loop: " + group);
    }
    LoopBuilder builder = new LoopBuilder(fusion, domain);
    for (Value member : group.members()) {
      builder.add(member, isStored);
    }
    return new Loop(builder.nest(), builder.arrays, group.members());
  }

  /// A contraction as a loop over all its axes.
  static Loop contraction(Fusion fusion, Value value) {
    Affine left = fusion.access(value, 0);
    Affine right = fusion.access(value, 1);
    List<Contraction.Axis> axes = Contraction.axes(value, left.strides(), right.strides());
    int[] dims = axes.stream().mapToInt(Contraction.Axis::size).toArray();
    LoopBuilder builder = new LoopBuilder(fusion, new Domain(0, ImmutableIntArray.copyOf(dims)));
    Register type = typeOf(value.type.dtype());
    int[] lefts = axes.stream().mapToInt(Contraction.Axis::left).toArray();
    int[] rights = axes.stream().mapToInt(Contraction.Axis::right).toArray();
    int[] outs = axes.stream().mapToInt(Contraction.Axis::out).toArray();
    builder.loads.add(builder.raw(new Affine(left.base(), left.offset(), lefts)));
    builder.loads.add(builder.raw(new Affine(right.base(), right.offset(), rights)));
    Instruction product = builder.code.formula(
        Expression.variable(0).times(Expression.variable(1)),
        type,
        List.of(builder.code.load(type, 0), builder.code.load(type, 1)));
    boolean sums = axes.stream().anyMatch(axis -> axis.kind() == Contraction.Kind.SUM);
    Raw to = builder.raw(new Affine(value, 0, outs));
    builder.targets.add(new RawTarget(to, sums ? Reduce.Kind.SUM : null, builder.fit(product, value.type.dtype()), false));
    return new Loop(builder.nest(), builder.arrays, List.of(value));
  }

  private void add(Value value, Predicate<Value> isStored) {
    boolean perRow = fusion.isPerRow(value);
    hasRows |= perRow || fusion.level(value) == Fusion.Level.ROW;
    List<Instruction> x = new ArrayList<>(value.operands.length);
    for (int slot = 0; slot < value.operands.length; slot++) {
      x.add(operand(value, slot, perRow));
    }
    switch (value.op) {
      case Elementwise map -> {
        Register type = computed(value, x);
        register(value, fit(code.formula(map.formula(), type, x), value.type.dtype()), perRow, isStored);
      }
      case Cast cast -> register(value, cast(x.getFirst(), value), perRow, isStored);
      case Reduce reduce -> reduce(value, reduce, x.getFirst(), perRow, isStored);
      case View.Pad pad -> pad(value, pad, x.getFirst());
      case View.Fold fold -> {
        Raw to = raw(new Affine(value, 0, Fusion.resultStrides(value)));
        targets.add(new RawTarget(to, Reduce.Kind.SUM, x.getFirst(), false));
      }
      case View view -> register(value, x.getFirst(), perRow, isStored);
      case null, default -> throw new IllegalStateException("not computed in a loop: " + value);
    }
  }

  /// The type a formula is computed in: exact where nothing is floating-point, else that of the widest operand.
  private static Register computed(Value value, List<Instruction> x) {
    boolean floating = value.type.dtype().isFloating();
    for (Value operand : value.operands) {
      floating |= operand.type.dtype().isFloating();
    }
    if (!floating) {
      return Register.I64;
    }
    boolean wide = value.type.dtype() == DType.F64 || x.stream().anyMatch(r -> r.type() == Register.F64);
    boolean integers = Arrays.stream(value.operands).anyMatch(operand -> operand.type.dtype().isInteger());
    return wide || integers ? Register.F64 : Register.F32;
  }

  static Register typeOf(DType dtype) {
    return switch (dtype) {
      case F64 -> Register.F64;
      case F32 -> Register.F32;
      case I64, I32 -> Register.I64;
      case BOOL -> Register.BOOL;
    };
  }

  /// A computed number as the dtype holds it.
  private Instruction fit(Instruction x, DType dtype) {
    Instruction converted = code.convert(x, typeOf(dtype));
    return dtype == DType.I32 ? code.cut(converted) : converted;
  }

  private Instruction cast(Instruction x, Value value) {
    DType dtype = value.type.dtype();
    boolean fromFloating = x.type() == Register.F32 || x.type() == Register.F64;
    return dtype == DType.I32 && fromFloating ? code.saturate(x) : fit(x, dtype);
  }

  private Instruction operand(Value value, int slot, boolean perRow) {
    Value read = Affine.isRead(value) ? value : value.operand(slot);
    Double filling = read.filling();
    if (filling != null && (read.type.dtype() != DType.I64 || Math.abs(filling) < 0x1p53)) {
      return code.constant(typeOf(read.type.dtype()), filling);
    }
    Affine access = fusion.access(value, slot);
    if (fusion.isTogether(value, slot)) {
      Instruction register = registers.get(access.base());
      if (register == null) {
        throw new IllegalStateException("not computed yet: " + access.base());
      }
      return register;
    }
    int[] strides = fusion.strides(value, slot);
    Affine over = new Affine(access.base(), access.offset(), perRow ? Arrays.copyOf(strides, domain.rank()) : strides);
    Register type = typeOf(read.type.dtype());
    Integer number = loadNumbers.get(over);
    if (number == null) {
      number = loads.size();
      loadNumbers.put(over, number);
      loads.add(raw(over));
    }
    return code.load(type, number);
  }

  private Raw raw(Affine access) {
    return new Raw(array(access.base()), access.base().type.dtype(), access.offset(), Affine.list(access.strides()));
  }

  private int array(Value value) {
    return numbers.computeIfAbsent(value, key -> {
      arrays.add(key);
      return arrays.size() - 1;
    });
  }

  private void register(Value value, Instruction x, boolean perRow, Predicate<Value> isStored) {
    registers.put(value, x);
    if (isStored.test(value)) {
      int[] own = perRow || fusion.level(value) == Fusion.Level.ROW
          ? Arrays.copyOf(Affine.rowMajor(domain.rowDims()), domain.rank())
          : Affine.rowMajor(domain.dims.toArray());
      Raw to = raw(new Affine(value, 0, own));
      targets.add(new RawTarget(to, null, x, perRow || fusion.level(value) == Fusion.Level.ROW));
    }
  }

  private void reduce(Value value, Reduce reduce, Instruction x, boolean perRow, Predicate<Value> isStored) {
    Instruction operand = code.convert(x, typeOf(value.type.dtype()));
    if (fusion.level(value) == Fusion.Level.ROW) {
      reductions.add(new LoopNest.Reduction(reduce.reduction(), operand));
      Instruction result = code.reduced(operand.type(), reductions.size() - 1);
      register(value, fit(result, value.type.dtype()), false, isStored);
      return;
    }
    int[] strides = Fusion.resultStrides(value);
    Raw to = raw(new Affine(value, 0, perRow ? Arrays.copyOf(strides, domain.rank()) : strides));
    targets.add(new RawTarget(to, reduce.reduction(), operand, perRow));
  }

  /// Elements go to their places among zeros, or in the whole.
  private void pad(Value value, View.Pad pad, Instruction x) {
    Value whole = fusion.whole(value);
    int[] own = whole.type.shape().strides();
    int start = 0;
    for (int axis = 0; axis < own.length; axis++) {
      start += pad.before().get(axis) * own[axis];
    }
    targets.add(new RawTarget(raw(new Affine(whole, start, Fusion.resultStrides(value))), null, x, false));
  }

  // Axes that lie one in the other are joined, so that loops are long.

  private LoopNest nest() {
    int[] dims = domain.dims.toArray();
    List<Raw> all = new ArrayList<>(loads);
    targets.forEach(target -> all.add(target.to));
    int split = hasRows ? domain.split : -1;
    List<Integer> lasts = new ArrayList<>();
    for (int axis = 0; axis < dims.length; axis++) {
      if (axis + 1 == dims.length || axis + 1 == split || !areJoined(all, dims, axis)) {
        lasts.add(axis);
      }
    }
    int[] joined = new int[lasts.size()];
    int first = 0;
    for (int i = 0; i < joined.length; i++) {
      joined[i] = 1;
      for (int axis = first; axis <= lasts.get(i); axis++) {
        joined[i] *= dims[axis];
      }
      first = lasts.get(i) + 1;
    }
    boolean hasInner = joined.length > 0 && !(hasRows && split == dims.length);
    int outer = hasInner ? joined.length - 1 : joined.length;
    if (hasRows && outer < joined.length && split > 0 && lasts.get(Math.max(0, outer - 1)) != split - 1) {
      throw new IllegalStateException("rows are not even: " + domain + " " + all);
    }
    ImmutableIntArray outerDims = ImmutableIntArray.copyOf(Arrays.copyOf(joined, outer));
    int inner = hasInner ? joined[outer] : 1;
    ImmutableList.Builder<LoopNest.Load> reads = ImmutableList.builder();
    loads.forEach(raw -> reads.add(new LoopNest.Load(access(raw, lasts, outer, hasInner))));
    ImmutableList.Builder<LoopNest.Target> writes = ImmutableList.builder();
    targets.forEach(target -> writes.add(
        new LoopNest.Target(access(target.to, lasts, outer, hasInner), target.kind, target.x, target.perRow)));
    return new LoopNest(
        code, outerDims, inner, reads.build(), ImmutableList.copyOf(reductions), writes.build());
  }

  private static boolean areJoined(List<Raw> all, int[] dims, int axis) {
    for (Raw raw : all) {
      if (raw.strides.get(axis) != raw.strides.get(axis + 1) * dims[axis + 1]) {
        return false;
      }
    }
    return true;
  }

  private static LoopNest.Access access(Raw raw, List<Integer> lasts, int outer, boolean hasInner) {
    ImmutableIntArray.Builder strides = ImmutableIntArray.builder();
    for (int i = 0; i < outer; i++) {
      strides.add(raw.strides.get(lasts.get(i)));
    }
    int inner = hasInner ? raw.strides.get(lasts.get(outer)) : 0;
    return new LoopNest.Access(raw.array, raw.dtype, raw.offset, strides.build(), inner);
  }

  /// What an array holds before a loop adds to it.
  static double identity(TensorType type, Reduce.@Nullable Kind kind) {
    return switch (kind) {
      case null -> 0;
      case SUM -> 0;
      case PRODUCT -> 1;
      case MAX -> type.dtype().isFloating() ? Double.NEGATIVE_INFINITY : Long.MIN_VALUE;
      case MIN -> type.dtype().isFloating() ? Double.POSITIVE_INFINITY : Long.MAX_VALUE;
    };
  }
}
