package dev.gradus.compile;

import dev.gradus.graph.Concat;
import dev.gradus.graph.Contract;
import dev.gradus.graph.Op;
import dev.gradus.tensor.DType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// From fused groups to steps, and from steps to arrays: values that are never alive together share one.
final class Planner {
  /// How many values are named of those that share an array.
  private static final int LISTED = 4;

  private final Fusion fusion;
  private final Settings settings;
  private final List<Value> outputs;
  private final BitSet stored = new BitSet();
  private final List<Step> steps = new ArrayList<>();

  /// An array of the plan.
  ///
  /// @param length its number of elements
  record Buffer(int number, DType dtype, int length) {
    long bytes() {
      return (long) length * Storage.bytes(dtype);
    }
  }

  private final Map<Value, Buffer> buffers = new HashMap<>();
  private final List<Buffer> all = new ArrayList<>();
  private long intermediates;

  /// From which step on leaves are overwritten.
  private int late;

  /// Next values that are written over the leaf they are the next value of.
  private final Map<Value, Value> inPlace = new HashMap<>();

  /// @param updates for leaves, their next values
  Planner(Fusion fusion, List<Value> live, List<Value> outputs, Map<Value, Value> updates, Settings settings) {
    this.fusion = fusion;
    this.settings = settings;
    this.outputs = outputs;
    List<Fusion.Group> groups = fusion.groups();
    findStored(live);
    groups.forEach(this::addSteps);
    writeInPlace(updates);
    assignBuffers();
    for (Value value : live) {
      if (value.leaf == null && !value.isConstant() && !Affine.isRead(value) && !value.isPiece()) {
        intermediates += (long) value.size() * Storage.bytes(value.type.dtype());
      }
    }
  }

  /// The values that an array holds, one after the other.
  String users(Buffer buffer) {
    return buffers.entrySet().stream()
        .filter(entry -> entry.getValue().equals(buffer))
        .map(Map.Entry::getKey)
        .sorted(Comparator.comparingInt((Value value) -> value.number))
        .limit(LISTED)
        .map(Value::toString)
        .collect(Collectors.joining(", "));
  }

  List<Step> steps() {
    return steps;
  }

  Map<Value, Buffer> buffers() {
    return buffers;
  }

  List<Buffer> arrays() {
    return all;
  }

  /// The bytes of everything that is computed, as if every value had an array of its own; views have none.
  long intermediateBytes() {
    return intermediates;
  }

  private void findStored(List<Value> live) {
    outputs.forEach(output -> stored.set(output.number));
    for (Value value : live) {
      if (!fusion.isNeeded(value)) {
        continue;
      }
      for (int slot = 0; slot < value.operands.length; slot++) {
        if (!fusion.isTogether(value, slot)) {
          stored.set(fusion.access(value, slot).base().number);
        }
      }
    }
  }

  private void addSteps(Fusion.Group group) {
    Value first = group.members().getFirst();
    if (group.domain() != null) {
      List<Value> members = group.members();
      if (group.domain().rank() == 0 && members.size() > Fusion.LONGEST_CODE && NumberStep.holds(members)) {
        steps.add(new NumberStep(fusion, members, value -> stored.get(value.number)));
        return;
      }
      if (members.stream().anyMatch(member -> stored.get(member.number))) {
        steps.add(new LoopStep(LoopBuilder.of(fusion, group, value -> stored.get(value.number)), settings));
      }
      return;
    }
    if (first.op instanceof Contract) {
      Affine left = fusion.access(first, 0);
      Affine right = fusion.access(first, 1);
      steps.add(Contraction.isProducts(first)
          ? new ContractStep(
              first, left, right, first.operands.length > 2 ? fusion.access(first, 2).base() : null, settings)
          : new LoopStep(LoopBuilder.contraction(fusion, first), settings));
      return;
    }
    if (first.result >= 0 || first.op instanceof Concat) {
      return; // written by the step of its tuple, or by those of its pieces
    }
    Op op = first.op;
    if (op == null) {
      throw new IllegalStateException("nothing to compute: " + first);
    }
    List<Value> operands = new ArrayList<>();
    for (int slot = 0; slot < first.operands.length; slot++) {
      operands.add(fusion.access(first, slot).base());
    }
    List<Value> results = first.call == null ? List.of(first) : fusion.results(first);
    steps.add(new ReferenceStep(op, first, operands, results));
  }

  /// Lets steps that only make next values of leaves write over those, after all other steps.
  private void writeInPlace(Map<Value, Value> updates) {
    Map<Value, Value> leafOf = new HashMap<>();
    updates.forEach((leaf, next) -> leafOf.putIfAbsent(next, leaf));
    Set<Value> readLater = new HashSet<>(outputs);
    readLater.removeAll(leafOf.keySet());
    steps.forEach(step -> readLater.addAll(step.reads()));
    // What several steps write, piece by piece, some of them could not write there at the end.
    Set<Value> once = new HashSet<>();
    Set<Value> again = new HashSet<>();
    steps.forEach(step -> new HashSet<>(step.writes()).forEach(value -> {
      if (!once.add(value)) {
        again.add(value);
      }
    }));
    List<Step> last = new ArrayList<>();
    Set<Value> written = new HashSet<>();
    for (Step step : steps) {
      boolean only = step.writes().stream().allMatch(value -> {
        Value leaf = leafOf.get(value);
        return leaf != null && !again.contains(value) && !readLater.contains(value) && !outputs.contains(leaf) && step.mayOverwrite(leaf, value);
      });
      if (only && !step.writes().isEmpty() && step.reads().stream().noneMatch(written::contains)) {
        last.add(step);
        step.writes().forEach(value -> {
          Value leaf = leafOf.get(value);
          if (leaf != null) {
            inPlace.put(value, leaf);
            written.add(leaf);
          }
        });
      }
    }
    steps.removeAll(last);
    late = steps.size();
    steps.addAll(last);
  }

  int late() {
    return late;
  }

  Map<Value, Value> inPlace() {
    return inPlace;
  }

  private void assignBuffers() {
    Map<Value, Integer> lastRead = new LinkedHashMap<>();
    for (int i = 0; i < steps.size(); i++) {
      for (Value value : steps.get(i).writes()) {
        lastRead.putIfAbsent(value, i);
      }
      for (Value value : steps.get(i).reads()) {
        lastRead.put(value, i);
      }
    }
    BitSet isOutput = new BitSet();
    outputs.forEach(output -> isOutput.set(output.number));
    Map<DType, List<Buffer>> free = new HashMap<>();
    List<List<Value>> dying = new ArrayList<>();
    steps.forEach(step -> dying.add(new ArrayList<>()));
    lastRead.forEach((value, step) -> {
      if (value.leaf == null && !value.isConstant() && !isOutput.get(value.number)) {
        dying.get(step).add(value);
      }
    });
    for (int i = 0; i < steps.size(); i++) {
      for (Value value : steps.get(i).writes()) {
        if (!buffers.containsKey(value) && !inPlace.containsKey(value)) {
          Buffer reused = isOutput.get(value.number) ? null : inherited(steps.get(i), value, dying.get(i));
          if (reused == null && !isOutput.get(value.number)) {
            reused = take(free, value);
          }
          if (reused == null) {
            reused = new Buffer(all.size(), value.type.dtype(), Math.max(1, value.size()));
            all.add(reused);
          }
          buffers.put(value, reused);
        }
      }
      for (Value value : dying.get(i)) {
        Buffer buffer = buffers.get(value);
        if (buffer != null) {
          free.computeIfAbsent(value.type.dtype(), key -> new ArrayList<>()).add(buffer);
        }
      }
    }
  }

  /// The array of a value that dies where this one is written over it.
  private @Nullable Buffer inherited(Step step, Value value, List<Value> dying) {
    Value before = step.overwritten();
    if (before == null || !dying.contains(before) || !step.writes().getFirst().equals(value)) {
      return null;
    }
    Buffer buffer = buffers.get(before);
    if (buffer != null) {
      dying.remove(before);
    }
    return buffer;
  }

  /// The smallest free array that is large enough.
  private static @Nullable Buffer take(Map<DType, List<Buffer>> free, Value value) {
    List<Buffer> candidates = free.getOrDefault(value.type.dtype(), List.of());
    Buffer best = null;
    for (Buffer candidate : candidates) {
      if (candidate.length() >= value.size() && (best == null || candidate.length() < best.length())) {
        best = candidate;
      }
    }
    if (best != null) {
      candidates.remove(best);
    }
    return best;
  }
}
