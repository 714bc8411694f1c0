package dev.gradus.compile;

import com.google.common.primitives.ImmutableIntArray;
import dev.gradus.graph.Cast;
import dev.gradus.graph.Concat;
import dev.gradus.graph.Contract;
import dev.gradus.graph.Elementwise;
import dev.gradus.graph.Reduce;
import dev.gradus.graph.View;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which values are computed together in one loop.
///
/// Every value has a *depth*: one more than that of what must be in memory before it, and the same as what it may follow in
/// the same loop. Loops join the values of one [Domain] and depth. So no loop waits for itself, and nothing needs to be
/// searched. Depths are first as early as possible; then values move down to join their users.
final class Fusion {
  /// How a value stands in its loop.
  enum Level {
    /// One at every element.
    ELEMENT,
    /// One for every row: a reduction over rows, or what is computed from such.
    ROW,
    /// Not known before the loop has ended: a reduction over anything else.
    END,
    /// Not computed in a loop.
    NONE
  }

  /// The largest row that is one for the whole domain.
  private static final int LARGEST_ONLY_ROW = 1 << 14;

  /// About how many instructions a loop may have, so that the JVM compiles it well.
  private static final int LONGEST = 220;

  /// Values of single numbers up to which they are straight-line code.
  static final int LONGEST_CODE = 120;

  /// What is computed together, or one value that is not computed in a loop.
  ///
  /// @param members in topological order
  /// @param domain what the loop runs over, or null where there is none
  record Group(List<Value> members, @Nullable Domain domain, int depth) {}

  private static final int[] NO_AXES = new int[0];

  private final List<Value> live;
  private final int[] places;
  private final BitSet isOutput = new BitSet();
  private final BitSet needed = new BitSet();
  private final Domain single = new Domain(0, ImmutableIntArray.of());
  private final Map<ImmutableIntArray, Domain> domains = new HashMap<>(Map.of(single.dims, single));
  private final Domain[] domainOf;
  private final Level[] levels;
  private final int[] depths;
  private final AccessTable accesses;
  private final Map<Value, Value> wholes = new HashMap<>();
  private final int[] parts;

  Fusion(List<Value> live, int values, List<Value> outputs) {
    this.live = live;
    this.places = new int[values];
    for (int i = 0; i < live.size(); i++) {
      places[live.get(i).number] = i;
    }
    this.domainOf = new Domain[live.size()];
    this.levels = new Level[live.size()];
    this.depths = new int[live.size()];
    this.parts = new int[live.size()];
    this.accesses = new AccessTable(live);
    Arrays.fill(levels, Level.NONE);
    for (Value value : live) {
      if (value.op instanceof Concat) {
        for (Value piece : value.operands) {
          wholes.put(piece, value);
        }
      }
    }
    outputs.forEach(output -> isOutput.set(places[output.number]));
    divideDomains();
    findNeeded();
    findDepths();
    moveDown();
  }

  int place(Value value) {
    return places[value.number];
  }

  /// The results of an opaque op that are wanted.
  List<Value> results(Value tuple) {
    return live.stream().filter(value -> value.result >= 0 && value.operand(0) == tuple).toList();
  }

  /// Whether a value is computed at all: views that are only read through are not.
  boolean isNeeded(Value value) {
    return needed.get(place(value));
  }

  Level level(Value value) {
    return levels[place(value)];
  }

  static boolean isLoop(Value value) {
    return switch (value.op) {
      case Elementwise map -> true;
      case Cast cast -> true;
      case Reduce reduce -> value.operand(0).type.dtype() != DType.BOOL || value.type.dtype() != DType.BOOL;
      case View view -> !(view instanceof View.Fold) || value.type.dtype() != DType.BOOL;
      case null, default -> false;
    };
  }

  private static boolean isReduction(Value value) {
    return value.op instanceof Reduce && isLoop(value);
  }

  /// The value whose array a piece is a part of; any other value itself.
  Value whole(Value value) {
    return wholes.getOrDefault(value, value);
  }

  /// The shape that the loop for a value runs over.
  static Shape shapeOf(Value value) {
    return value.op instanceof Reduce || Affine.isWritten(value) ? value.operand(0).type.shape() : value.type.shape();
  }

  Domain domain(Value value) {
    Domain known = domainOf[place(value)];
    if (known == null) {
      known = domain(shapeOf(value));
      domainOf[place(value)] = known;
    }
    return known;
  }

  private Domain domain(Shape shape) {
    if (shape.size() == 1) {
      return single;
    }
    int[] dims = shape.rank() == 0 ? new int[0] : Affine.pick(shape.dims(), Affine.longAxes(shape));
    return domains.computeIfAbsent(ImmutableIntArray.copyOf(dims), key -> new Domain(domains.size(), key));
  }

  /// Rows are what is reduced over the last axes of a domain; where reductions differ, the first one says.
  private void divideDomains() {
    for (Value value : live) {
      if (value.op instanceof Reduce reduce && isReduction(value)) {
        Domain domain = domain(value);
        int split = innerSplit(value, reduce);
        boolean small = split > 0 || (split == 0 && domain.size() <= LARGEST_ONLY_ROW && isUsedAgain(value));
        if (domain.split == Domain.UNDIVIDED && split >= 0 && small && domain.rank() > 0) {
          domain.split = split;
        }
      }
    }
  }

  /// How many axes stand before the reduced ones, if those are the last; else -1.
  private int innerSplit(Value value, Reduce reduce) {
    int[] axes = Affine.longAxes(shapeOf(value));
    int split = axes.length;
    while (split > 0 && reduce.axes().contains(axes[split - 1])) {
      split--;
    }
    for (int i = 0; i < split; i++) {
      if (reduce.axes().contains(axes[i])) {
        return -1;
      }
    }
    return split < axes.length ? split : -1;
  }

  /// Whether the sum over a whole domain is used at its elements again, after computations with single numbers only.
  private boolean isUsedAgain(Value sum) {
    BitSet from = new BitSet();
    from.set(place(sum));
    Domain domain = domain(sum);
    for (int i = place(sum) + 1; i < live.size(); i++) {
      Value value = live.get(i);
      boolean uses = false;
      for (Value operand : value.operands) {
        uses |= from.get(place(operand));
      }
      if (uses && isLoop(value)) {
        if (value.size() == 1 || value.op instanceof View) {
          from.set(i);
        } else if (domain(value) == domain) {
          return true;
        }
      }
    }
    return false;
  }

  /// Where operand `slot` is read, for a value that is computed; its strides are those of the operand's own axes.
  Affine access(Value value, int slot) {
    Affine access = accesses.get(place(value), slot);
    if (access == null) {
      access = work(value, slot);
      accesses.put(place(value), slot, access);
    }
    return access;
  }

  /// Accesses worked out so far.
  private static final class AccessTable {
    private final int[] starts;
    private final @Nullable Affine[] all;

    AccessTable(List<Value> live) {
      starts = new int[live.size()];
      int size = 0;
      for (int i = 0; i < starts.length; i++) {
        starts[i] = size;
        size += live.get(i).operands.length;
      }
      all = new Affine[size];
    }

    @Nullable Affine get(int place, int slot) {
      return all[starts[place] + slot];
    }

    void put(int place, int slot, Affine access) {
      all[starts[place] + slot] = access;
    }
  }

  private Affine work(Value value, int slot) {
    if (Affine.isRead(value)) {
      return Affine.of(value);
    }
    Value operand = value.operand(slot);
    Affine access = Affine.of(operand);
    if (isLoop(value)) {
      Domain domain = domain(value);
      boolean even = domain.split == Domain.UNDIVIDED || domain.hasEvenRows(strides(value, operand, access));
      return even ? access : Affine.whole(operand);
    }
    if (value.op instanceof Contract && slot < 2) {
      return access;
    }
    return isContiguous(operand, access) ? access : Affine.whole(operand);
  }

  /// Whether an access reads the whole base in order.
  static boolean isContiguous(Value value, Affine access) {
    if (access.offset() != 0 || access.base().size() != value.size()) {
      return false;
    }
    int[] axes = Affine.longAxes(value.type.shape());
    return Arrays.equals(
        Affine.pick(access.strides(), axes), Affine.pick(value.type.shape().strides(), axes));
  }

  /// The strides over the domain of `value` with which it reads operand `slot`.
  int[] strides(Value value, int slot) {
    Value operand = Affine.isRead(value) ? value : value.operand(slot);
    return strides(value, operand, access(value, slot));
  }

  private static int[] strides(Value value, Value operand, Affine access) {
    Shape shape = shapeOf(value);
    if (shape.size() == 1) {
      return NO_AXES;
    }
    return Affine.pick(access.over(operand.type.shape(), shape), Affine.longAxes(shape));
  }

  private void findNeeded() {
    needed.or(isOutput);
    for (int i = live.size() - 1; i >= 0; i--) {
      if (needed.get(i)) {
        Value value = live.get(i);
        for (int slot = 0; slot < value.operands.length; slot++) {
          needed.set(place(access(value, slot).base()));
        }
      }
    }
  }

  private static boolean isGiven(Value value) {
    return value.leaf != null || value.isConstant();
  }

  private void findDepths() {
    for (int i = 0; i < live.size(); i++) {
      Value value = live.get(i);
      if (!needed.get(i) || isGiven(value)) {
        depths[i] = isGiven(value) ? -1 : 0;
        continue;
      }
      if (!isLoop(value)) {
        depths[i] = depthAfter(value);
        continue;
      }
      if (!joinsRows(value)) {
        Domain domain = domain(value);
        if (startsUnevenly(value, domain) || endsUnevenly(value, domain)) {
          domain = undivided(domain);
          domainOf[i] = domain;
        }
        boolean overRows = value.op instanceof Reduce reduce && isReduction(value)
            && domain.split != Domain.UNDIVIDED
            && innerSplit(value, reduce) == domain.split;
        levels[i] = isReduction(value) ? (overRows ? Level.ROW : Level.END) : Affine.isWritten(value) ? Level.END : Level.ELEMENT;
        depths[i] = depthIn(value, domain, false);
      }
    }
  }

  /// Whether an operand is broadcast so that a loop with rows cannot tell its places.
  private boolean startsUnevenly(Value value, Domain domain) {
    if (domain.split != Domain.UNDIVIDED) {
      for (int slot = 0; slot < value.operands.length; slot++) {
        if (!domain.hasEvenRows(strides(value, slot))) {
          return true;
        }
      }
    }
    return false;
  }

  /// Whether a result goes to places that a loop with rows cannot tell.
  private boolean endsUnevenly(Value value, Domain domain) {
    if (domain.split == Domain.UNDIVIDED) {
      return false;
    }
    return switch (value.op) {
      case Reduce reduce -> innerSplit(value, reduce) != domain.split && !domain.hasEvenRows(resultStrides(value));
      case null, default -> Affine.isWritten(value) && !domain.hasEvenRows(resultStrides(value));
    };
  }

  private final Map<Domain, Domain> undivided = new HashMap<>();

  /// The same elements without rows: a loop of its own.
  private Domain undivided(Domain domain) {
    return undivided.computeIfAbsent(domain, key -> new Domain(-1 - key.number, key.dims));
  }

  /// Where the elements of a reduction or a pad go: strides over the axes of the domain.
  static int[] resultStrides(Value value) {
    Shape from = value.operand(0).type.shape();
    int[] strides = new int[from.rank()];
    if (value.op instanceof Reduce reduce) {
      int size = 1;
      for (int axis = strides.length - 1; axis >= 0; axis--) {
        if (!reduce.axes().contains(axis)) {
          strides[axis] = from.dim(axis) == 1 ? 0 : size;
          size *= from.dim(axis);
        }
      }
    } else if (value.op instanceof View.Pad pad) {
      int[] own = value.type.shape().strides();
      for (int axis = 0; axis < strides.length; axis++) {
        strides[axis] = own[axis] * pad.steps().get(axis);
      }
    }
    if (value.op instanceof View.Fold fold) {
      int[] own = value.type.shape().strides();
      int axes = fold.sizes().size();
      int lead = own.length - axes;
      System.arraycopy(own, 0, strides, 0, lead);
      for (int i = 0; i < axes; i++) {
        strides[lead + i] = own[lead + i] * fold.dilations().get(i);
        strides[lead + axes + i] = own[lead + i] * fold.strides().get(i);
      }
    }
    return Affine.pick(strides, Affine.longAxes(from));
  }

  private int depthAfter(Value value) {
    int depth = 0;
    for (int slot = 0; slot < value.operands.length; slot++) {
      depth = Math.max(depth, depths[place(access(value, slot).base())] + 1);
    }
    return depth;
  }

  /// The depth of a value in a domain: that of the operands it may follow in one loop, and one more than that of others.
  private int depthIn(Value value, Domain domain, boolean perRow) {
    int depth = 0;
    for (int slot = 0; slot < value.operands.length; slot++) {
      int base = place(access(value, slot).base());
      boolean follows = perRow ? followsInRow(value, slot, domain) : follows(value, slot, domain);
      depth = Math.max(depth, follows ? depths[base] : depths[base] + 1);
    }
    return depth;
  }

  /// Whether operand `slot` can be used in a loop over `domain` as it is computed there.
  private boolean follows(Value value, int slot, Domain domain) {
    Affine access = access(value, slot);
    int base = place(access.base());
    if (domainOf[base] != domain || isGiven(access.base())) {
      return false;
    }
    int[] strides = strides(value, slot);
    return switch (levels[base]) {
      case ELEMENT -> domain.isWhole(access, strides);
      case ROW -> domain.isPerRow(access, strides);
      case END, NONE -> false;
    };
  }

  /// The same for a value of which there is one for each row.
  private boolean followsInRow(Value value, int slot, Domain domain) {
    Affine access = access(value, slot);
    int base = place(access.base());
    return levels[base] == Level.ROW
        && domainOf[base] == domain
        && access.offset() == 0
        && Arrays.equals(strides(value, slot), Affine.rowMajor(domain.rowDims()));
  }

  /// Lets a value of rows, such as the logarithm of a sum over each, join the loop over their elements.
  private boolean joinsRows(Value value) {
    boolean map = value.op instanceof Elementwise || value.op instanceof Cast;
    if (!map && !isReduction(value)) {
      return false;
    }
    Domain own = domain(value);
    for (int slot = 0; slot < value.operands.length; slot++) {
      Value base = access(value, slot).base();
      Domain domain = domainOf[place(base)];
      if (levels[place(base)] != Level.ROW || domain == null || domain == own) {
        continue;
      }
      if (Arrays.equals(domain.rowDims(), own.dims.toArray()) && followsInRow(value, slot, domain)) {
        int depth = depthIn(value, domain, true);
        if (depth <= depthIn(value, own, false)) {
          domainOf[place(value)] = domain;
          levels[place(value)] = map ? Level.ROW : Level.END;
          depths[place(value)] = depth;
          return true;
        }
      }
    }
    return false;
  }

  /// Whether a value is one of rows that joined a loop over their elements.
  boolean isPerRow(Value value) {
    Domain joined = domainOf[place(value)];
    return joined != null && joined.rank() > 0 && !joined.dims.equals(domain(shapeOf(value)).dims);
  }

  /// Whether `value` may use operand `slot` in the loop that both are in.
  boolean isTogether(Value value, int slot) {
    int base = place(access(value, slot).base());
    int place = place(value);
    if (levels[place] == Level.NONE || levels[base] == Level.NONE || domainOf[base] != domainOf[place]
        || depths[base] != depths[place] || parts[base] != parts[place]) {
      return false;
    }
    return isPerRow(value) ? followsInRow(value, slot, domainOf[place]) : follows(value, slot, domainOf[place]);
  }

  /// Moves elementwise values down to the first loop that uses them.
  private void moveDown() {
    int[] latest = new int[live.size()];
    Arrays.fill(latest, Integer.MAX_VALUE);
    BitSet joins = new BitSet();
    for (int i = live.size() - 1; i >= 0; i--) {
      Value value = live.get(i);
      if (!needed.get(i) || isGiven(value)) {
        continue;
      }
      boolean moves = levels[i] == Level.ELEMENT && !isOutput.get(i) && latest[i] != Integer.MAX_VALUE && joins.get(i);
      if (moves && latest[i] > depths[i]) {
        depths[i] = latest[i];
      }
      for (int slot = 0; slot < value.operands.length; slot++) {
        int base = place(access(value, slot).base());
        boolean follows = levels[i] != Level.NONE
            && (isPerRow(value) ? followsInRow(value, slot, domainOf[i]) : follows(value, slot, domainOf[i]));
        int bound = follows ? depths[i] : depths[i] - 1;
        if (bound < latest[base]) {
          latest[base] = bound;
          joins.set(base, follows);
        } else if (bound == latest[base] && follows) {
          joins.set(base);
        }
      }
    }
  }

  private record LoopKey(int domain, int depth) {}

  /// What is computed together, in an order in which it can run.
  List<Group> groups() {
    Map<LoopKey, List<Value>> loops = new LinkedHashMap<>();
    List<Group> groups = new ArrayList<>();
    for (int i = 0; i < live.size(); i++) {
      Value value = live.get(i);
      if (!needed.get(i) || isGiven(value)) {
        continue;
      }
      if (levels[i] == Level.NONE) {
        groups.add(new Group(List.of(value), null, depths[i]));
      } else {
        loops.computeIfAbsent(new LoopKey(domainOf[i].number, depths[i]), key -> new ArrayList<>()).add(value);
      }
    }
    loops.forEach((key, members) -> divide(groups, members, key.depth));
    groups.sort(Comparator.comparingInt(Group::depth));
    return groups;
  }

  /// Cuts a loop that would be too long into several.
  private void divide(List<Group> groups, List<Value> members, int depth) {
    Domain domain = domainOf[place(members.getFirst())];
    if (domain.rank() == 0 && (members.size() <= LONGEST_CODE || NumberStep.holds(members))) {
      groups.add(new Group(members, domain, depth));
      return;
    }
    int from = 0;
    int part = 0;
    int length = 0;
    for (int i = 0; i < members.size(); i++) {
      int cost = cost(members.get(i));
      if (length > 0 && length + cost > LONGEST) {
        groups.add(new Group(members.subList(from, i), domain, depth));
        from = i;
        length = 0;
        part++;
      }
      length += cost;
      parts[place(members.get(i))] = part;
    }
    groups.add(new Group(members.subList(from, members.size()), domain, depth));
  }

  private static int cost(Value value) {
    int cost = 3;
    if (value.op instanceof Elementwise map) {
      for (var part : map.formula().inlined().parts()) {
        cost += part instanceof dev.gradus.scalar.Expression.Call call && call.function().arity() == 1 ? 12 : 1;
      }
    }
    return cost;
  }
}
