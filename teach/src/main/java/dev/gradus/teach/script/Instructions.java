package dev.gradus.teach.script;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Input;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.graph.Primitive;
import dev.gradus.graph.Projection;
import dev.gradus.graph.StopGradient;
import dev.gradus.graph.TensorType;
import dev.gradus.run.Values;
import dev.gradus.teach.script.Unfolding.Step;
import dev.gradus.teach.text.ResourceText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// What a run has done, as a list of instructions that a page can carry out by itself: every box opened, each instruction after those
/// that it reads, and Java's own value of each. What JavaScript cannot compute is *played back*: it keeps the recorded value.
/// That is so for opaque ops, random draws, formulas that call a Java function without a twin, and integers beyond 2⁵³.
///
/// ```java
/// Gradients gradients = Backward.from(loss);
/// Instructions all = Instructions.of(List.of(loss, gradients.of(w)), Interpreter.run(loss));
/// String script = Instructions.engine() + "const e = engine(" + all.json() + "," + all.kernels() + ")";
/// ```
public final class Instructions {
  private final Unfolding unfolding;
  private final Kernels kernels;
  private final BitSet played;
  private final ImmutableSet<Node> locked;
  private final JsonNode json;

  private Instructions(Unfolding unfolding, Recording recording) {
    this.unfolding = unfolding;
    this.kernels = new Kernels();
    List<ArrayNode> rows = rows(new Operations(kernels), recording);
    this.played = new BitSet();
    for (int i = 0; i < rows.size(); i++) {
      played.set(i, rows.get(i).equals(Operations.PLAYED));
    }
    BitSet fixed = leavesBelowPlayback(recording);
    this.locked = fixed.stream().mapToObj(i -> unfolding.steps().get(i).node()).collect(ImmutableSet.toImmutableSet());
    this.json = json(rows, fixed, recording);
  }

  /// The instructions for some nodes and all they need.
  ///
  /// @param wanted forward values, gradients, terms; a node of an expansion may follow the box that it stands in
  /// @param values the run: leaves are fed, and no other node
  public static Instructions of(List<? extends Node> wanted, Values values) {
    Unfolding unfolding = new Unfolding();
    wanted.forEach(unfolding::add);
    return new Instructions(unfolding, new Recording(unfolding, values));
  }

  private List<ArrayNode> rows(Operations operations, Recording recording) {
    List<ArrayNode> rows = new ArrayList<>();
    for (Step step : unfolding.steps()) {
      ArrayNode row =
          switch (step.node()) {
            case Input input -> Operations.LEAF;
            case Parameter parameter -> Operations.LEAF;
            case Constant constant -> Operations.CONSTANT;
            case Projection projection -> null;
            case Apply apply when apply.op() instanceof Primitive primitive && isExact(step, rows.size(), recording) ->
                operations.of(primitive, apply.type(), types(step.operands()));
            case Apply apply -> null;
          };
      rows.add(row == null ? Operations.PLAYED : row);
    }
    return rows;
  }

  private static boolean isExact(Step step, int place, Recording recording) {
    return recording.isExact(place) && step.operands().stream().allMatch(recording::isExact);
  }

  private List<TensorType> types(List<Integer> places) {
    return places.stream().map(place -> unfolding.steps().get(place).node().type()).toList();
  }

  /// The leaves on which a played-back value depends, or that doubles do not hold.
  private BitSet leavesBelowPlayback(Recording recording) {
    List<Step> steps = unfolding.steps();
    BitSet below = new BitSet();
    BitSet leaves = new BitSet();
    for (int i = steps.size() - 1; i >= 0; i--) {
      if (below.get(i) || played.get(i)) {
        steps.get(i).operands().forEach(below::set);
      }
      boolean isLeaf = steps.get(i).node() instanceof Input || steps.get(i).node() instanceof Parameter;
      leaves.set(i, isLeaf && (below.get(i) || !recording.isExact(i)));
    }
    return leaves;
  }

  private JsonNode json(List<ArrayNode> rows, BitSet fixed, Recording recording) {
    Table types = new Table();
    Table ops = new Table();
    Table kinds = new Table();
    ArrayNode code = JsonNodeFactory.instance.arrayNode();
    List<Step> steps = unfolding.steps();
    int[] typeOf = new int[steps.size()];
    for (int i = 0; i < typeOf.length; i++) {
      TensorType type = steps.get(i).node().type();
      typeOf[i] = types.add(
          JsonNodeFactory.instance.arrayNode().add(type.dtype().toString()).add(Operations.list(type.shape().dims())));
      ArrayNode kind = Operations.list(ops.add(rows.get(i)), typeOf[i]);
      steps.get(i).operands().forEach(operand -> kind.add(typeOf[operand]));
      code.add(kinds.add(kind));
      for (int operand : steps.get(i).operands()) {
        code.add(i - operand);
      }
    }
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    all.set("types", types.rows());
    all.set("ops", ops.rows());
    all.set("kinds", kinds.rows());
    all.set("code", code);
    all.set("locked", Operations.list(fixed.stream().toArray()));
    all.set("stops", Operations.list(IntStream.range(0, steps.size()).filter(i -> steps.get(i).node() instanceof Apply a && a.op() instanceof StopGradient).toArray()));
    return all.put("recorded", recording.base64());
  }

  /// The number of instructions.
  public int size() {
    return unfolding.steps().size();
  }

  /// Whether `node` has an instruction.
  public boolean contains(Node node) {
    return unfolding.contains(node);
  }

  /// The index of the instruction that computes `node`; a box has that of its result.
  ///
  /// @throws dev.gradus.GradusException where the node was not wanted and is not needed, or has several results
  public int of(Node node) {
    return unfolding.placeOf(node);
  }

  /// The leaves on which a played-back value depends: were they changed, what follows could not be computed.
  public Set<Node> locked() {
    return locked;
  }

  /// Whether the value of `node`, or one inside its box, is played back.
  public boolean isPlayedBack(Node node) {
    Deque<Node> boxes = new ArrayDeque<>(List.of(node));
    while (!boxes.isEmpty()) {
      Node next = boxes.pop();
      if (next.results().stream().anyMatch(one -> contains(one) && played.get(of(one)))) {
        return true;
      }
      Node box = next instanceof Projection projection ? projection.tuple() : next;
      if (box instanceof Apply apply && apply.expansion() != null) {
        apply.expansion().graph().nodes().stream().filter(inner -> !(inner instanceof Input)).forEach(boxes::push);
      }
    }
    return false;
  }

  /// The names of the ops that are played back, in alphabetical order.
  public List<String> playedBack() {
    return played.stream()
        .mapToObj(i -> unfolding.steps().get(i).node())
        .map(node -> node instanceof Projection projection ? projection.tuple().kind() : node.kind())
        .distinct()
        .sorted()
        .collect(ImmutableList.toImmutableList());
  }

  /// The first argument of the engine: tables of types `[dtype, sizes]`, of ops `[word, settings...]` and of kinds `[op, type, types of
  /// the operands...]`; for each instruction its kind and how far back each operand stands; the locked leaves; what stops gradients; and Java's values,
  /// little-endian doubles in base64.
  public JsonNode json() {
    return json;
  }

  /// The second argument of the engine, as an expression of JavaScript: the array of the formulas' functions.
  public String kernels() {
    return kernels.source();
  }

  /// The source of the engine: one function, `engine(program, kernels)`.
  public static String engine() {
    return ResourceText.read(Instructions.class.getResourceAsStream("engine.js"), "engine.js");
  }
}
