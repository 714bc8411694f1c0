package dev.gradus.compile;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.gradus.graph.Op;
import dev.gradus.graph.TensorType;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is planned for a structure: the steps and the arrays. Programs of one structure share it, whatever their leaves are.
///
/// @param wanted the values of the outputs and the updates, as they were asked for
/// @param leaves the values of the leaves
/// @param live how many values are computed or read
record Plan(Planner planner, List<Value> wanted, List<Value> leaves, int live) {
  /// What all structures that are kept come to at most: values, and elements of constants.
  private static final long MOST = 1 << 18;

  /// Plans are kept while memory lasts, those used last longest.
  private static final Cache<Structure, Plan> MADE =
      CacheBuilder.newBuilder()
          .concurrencyLevel(1) // else each of several parts of the cache has its share of the weight
          .maximumWeight(MOST)
          .weigher((Structure key, Plan plan) -> key.size)
          .softValues()
          .build();

  /// One value, operands by their place.
  private record Entry(
      TensorType type,
      @Nullable Op op,
      List<Integer> operands,
      @Nullable String leaf,
      @Nullable Tensor constant,
      Value.@Nullable Call call,
      int result) {
    @Override
    public int hashCode() {
      // Of an op only its name: formulas can be deep.
      return 31 * (31 * type.hashCode() + operands.hashCode()) + (op == null ? result : op.name().hashCode());
    }
  }

  /// @param outputs the places of the outputs
  /// @param updated the places of the leaves that are updated
  /// @param nexts those of their next values
  /// @param size of entries and constants
  private record Structure(
      List<Entry> entries, List<Integer> outputs, List<Integer> updated, List<Integer> nexts, Settings settings, int size) {}

  /// The plan for what `outputs` and `updates` need.
  ///
  /// @param lowered that, in topological order
  /// @param updates for leaves that are read, their next values
  static Plan of(List<Value> lowered, List<Value> outputs, Map<Value, Value> updates, Settings settings) {
    long size = lowered.size();
    for (Value value : lowered) {
      size += value.constant == null ? 0 : value.size();
    }
    if (size > MOST) {
      return make(lowered, outputs, updates, settings);
    }
    Structure structure = structure(lowered, outputs, updates, settings, (int) size);
    Plan known = MADE.getIfPresent(structure);
    if (known == null) {
      known = make(lowered, outputs, updates, settings);
      MADE.put(structure, known);
    }
    return known;
  }

  private static Structure structure(
      List<Value> lowered, List<Value> outputs, Map<Value, Value> updates, Settings settings, int size) {
    Map<Value, Integer> places = new HashMap<>();
    List<Entry> entries = new ArrayList<>();
    for (Value value : lowered) {
      List<Integer> operands = places(places, Arrays.asList(value.operands));
      places.put(value, entries.size());
      entries.add(new Entry(value.type, value.op, operands, value.leaf, value.constant, value.call, value.result));
    }
    return new Structure(
        entries,
        places(places, outputs),
        places(places, updates.keySet()),
        places(places, updates.values()),
        settings,
        size);
  }

  private static List<Integer> places(Map<Value, Integer> places, Collection<Value> values) {
    List<Integer> found = new ArrayList<>(values.size());
    for (Value value : values) {
      Integer place = places.get(value);
      if (place == null) {
        throw new IllegalStateException("not in topological order: " + value);
      }
      found.add(place);
    }
    return found;
  }

  private static Plan make(
      List<Value> lowered, List<Value> outputs, Map<Value, Value> updates, Settings settings) {
    List<Value> wanted = new ArrayList<>(outputs);
    wanted.addAll(updates.values());
    Rewriting rewriting = new Rewriting(lowered, wanted);
    List<Value> rewritten = wanted.stream().map(rewriting::of).toList();
    List<Value> distinct = rewritten.stream().distinct().toList();
    List<Value> live = Lowering.live(rewriting.values(), distinct);
    Fusion fusion = new Fusion(live, rewriting.values().size(), distinct);
    Set<Value> shown = new HashSet<>(rewritten.subList(0, outputs.size()));
    Map<Value, Value> nexts = new LinkedHashMap<>();
    updates.forEach((leaf, next) -> {
      if (!shown.contains(rewriting.of(next))) {
        nexts.put(rewriting.of(leaf), rewriting.of(next));
      }
    });
    List<Value> leaves = lowered.stream().filter(value -> value.leaf != null).map(rewriting::of).toList();
    return new Plan(new Planner(fusion, live, distinct, nexts, settings), rewritten, leaves, live.size());
  }
}
