package dev.gradus.compile;

import dev.gradus.compile.kernel.Kernel;
import dev.gradus.compile.kernel.Kernels;
import dev.gradus.compile.kernel.LoopNest;
import dev.gradus.compile.parallel.Workers;
import dev.gradus.graph.Reduce;
import dev.gradus.graph.View;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Runs a loop nest, its rows divided among threads by a grid that depends on the nest alone. Where parts add to one place,
/// each has an array of its own, and the arrays are added in order at the end: so the bits do not depend on the threads.
final class LoopStep implements Step {
  /// Instructions that are worth another part: some tens of microseconds.
  private static final long PART = 1 << 17;

  /// What a number read or written counts beside instructions.
  private static final int MOVE = 2;

  private static final int MOST_PARTS = 16;

  private final LoopNest nest;
  private final List<Value> values;
  private final List<Value> members;
  private final List<Value> written;
  private final List<Value> read;
  private final Settings settings;
  private final int parts;
  private final int unit;
  private final int length;
  private final boolean[] isShared;

  LoopStep(LoopBuilder.Loop loop, Settings settings) {
    this.nest = loop.nest();
    this.values = loop.arrays();
    this.members = loop.members();
    this.written = new ArrayList<>();
    this.read = new ArrayList<>();
    this.settings = settings;
    nest.targets().forEach(target -> written.add(values.get(target.to().array())));
    nest.loads().forEach(load -> read.add(values.get(load.from().array())));
    this.length = nest.isFlat() ? nest.inner() : nest.rows();
    int outermost = nest.outer().isEmpty() ? 1 : nest.outer().get(0);
    this.isShared = new boolean[nest.targets().size()];
    long shared = 0;
    for (int i = 0; i < isShared.length; i++) {
      LoopNest.Target target = nest.targets().get(i);
      isShared[i] = target.kind() != null && !isDisjoint(target.to());
      if (isShared[i]) {
        shared += values.get(target.to().array()).size();
      }
    }
    this.unit = nest.isFlat() ? 64 : Math.max(1, nest.rows() / Math.max(1, outermost));
    long units = nest.isFlat() ? Math.ceilDiv(length, unit) : outermost;
    long moved = (long) MOVE * (nest.loads().size() + nest.targets().size()) * nest.inner() * nest.rows();
    long wanted = Math.min(MOST_PARTS, (operations() + moved) / (PART + 16 * shared));
    this.parts = (int) Math.max(1, Math.min(units, wanted));
  }

  /// Whether parts along the outermost axis go to different places.
  private boolean isDisjoint(LoopNest.Access to) {
    if (nest.isFlat()) {
      return to.inner() != 0;
    }
    if (nest.outer().isEmpty() || to.outer().get(0) == 0) {
      return false;
    }
    long extent = (long) Math.abs(to.inner()) * (nest.inner() - 1);
    for (int axis = 1; axis < nest.outer().length(); axis++) {
      extent += (long) Math.abs(to.outer().get(axis)) * (nest.outer().get(axis) - 1);
    }
    return extent < Math.abs(to.outer().get(0));
  }

  @Override
  public List<Value> reads() {
    return read;
  }

  @Override
  public List<Value> writes() {
    return written;
  }

  /// An element that is read only for itself may be written over at once, if the row is gone through once and the array is not filled
  /// before.
  @Override
  public boolean mayOverwrite(Value leaf, Value value) {
    if (!nest.reductions().isEmpty() || value.op instanceof View.Pad) {
      return false;
    }
    LoopNest.Access to = null;
    for (LoopNest.Target target : nest.targets()) {
      if (values.get(target.to().array()).equals(value)) {
        to = target.kind() == null ? target.to() : null;
      }
    }
    for (LoopNest.Load load : nest.loads()) {
      LoopNest.Access from = load.from();
      if (values.get(from.array()).equals(leaf) && (to == null || !from.isAt(to))) {
        return false;
      }
    }
    return to != null;
  }

  @Override
  public long operations() {
    return (long) nest.code().size() * nest.inner() * nest.rows();
  }

  @Override
  public Action bind(Arrays arrays) {
    Kernel kernel = Kernels.of(nest, settings.vectors());
    Object[] bound = values.stream().map(arrays::of).toArray();
    Action fill = fills(bound);
    Action start = fill == null ? () -> {} : fill;
    boolean hasRowResults = !nest.reductions().isEmpty() || nest.targets().stream().anyMatch(LoopNest.Target::perRow);
    if (length == 0 || (nest.inner() == 0 && !hasRowResults)) {
      return start;
    }
    if (parts == 1) {
      return fill == null
          ? () -> kernel.run(bound, 0, length)
          : () -> {
            start.run();
            kernel.run(bound, 0, length);
          };
    }
    Object[][] own = new Object[parts][];
    List<Action> starts = new ArrayList<>();
    List<Action> joins = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      own[part] = part == 0 ? bound : bound.clone();
      if (part > 0) {
        for (int i = 0; i < isShared.length; i++) {
          if (isShared[i]) {
            LoopNest.Target target = nest.targets().get(i);
            Value value = values.get(target.to().array());
            Object partial = Storage.allocate(value.type.dtype(), value.size());
            own[part][target.to().array()] = partial;
            starts.add(Storage.filling(partial, 0, value.size(), LoopBuilder.identity(value.type, target.kind())));
            joins.add(Storage.joining(bound[target.to().array()], partial, value.size(), required(target.kind())));
          }
        }
      }
    }
    Action begin = inTurn(starts);
    Action join = inTurn(joins);
    int grain = Math.ceilDiv(Math.ceilDiv(length, unit), parts) * unit;
    return () -> {
      start.run();
      begin.run();
      Workers.shared().run(parts, part -> {
        int from = Math.min(length, part * grain);
        int to = Math.min(length, from + grain);
        if (from < to) {
          kernel.run(own[part], from, to);
        }
      }, settings.threads());
      join.run();
    };
  }

  private static Reduce.Kind required(Reduce.@Nullable Kind kind) {
    if (kind == null) {
      throw new IllegalStateException("nothing to join");
    }
    return kind;
  }

  private static Action inTurn(List<Action> actions) {
    return () -> {
      for (Action action : actions) {
        action.run();
      }
    };
  }

  /// Fills what the loop adds to, and what it fills only in part; as many parts of it at a time as the loop has. Null where there is
  /// nothing to fill.
  private @Nullable Action fills(Object[] bound) {
    List<List<Action>> fills = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      List<Action> each = new ArrayList<>();
      for (LoopNest.Target target : nest.targets()) {
        Value value = values.get(target.to().array());
        if (target.kind() != null || value.op instanceof View.Pad) {
          int from = (int) ((long) value.size() * part / parts);
          int to = (int) ((long) value.size() * (part + 1) / parts);
          each.add(Storage.filling(bound[target.to().array()], from, to, LoopBuilder.identity(value.type, target.kind())));
        }
      }
      fills.add(each);
    }
    if (fills.getFirst().isEmpty()) {
      return null;
    }
    if (parts == 1) {
      return inTurn(fills.getFirst());
    }
    List<Action> all = fills.stream().map(LoopStep::inTurn).toList();
    return () -> Workers.shared().run(parts, part -> all.get(part).run(), settings.threads());
  }

  @Override
  public String describe() {
    String over = nest.outer().isEmpty() ? "" + nest.inner() : nest.outer() + "×" + nest.inner();
    String ops = members.stream()
        .map(member -> member.isPiece() ? "piece" : member.op == null ? "" : member.op.name())
        .distinct()
        .collect(Collectors.joining(", "));
    return "loop over " + over + " (" + ops + "): " + nest.code().size() + " instructions, " + nest.loads().size() + " loads, "
        + nest.reductions().size() + " reductions in rows, " + nest.targets().size() + " results, " + parts + " parts";
  }
}
