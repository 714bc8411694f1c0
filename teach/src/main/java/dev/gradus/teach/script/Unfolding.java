package dev.gradus.teach.script;

import dev.gradus.GradusException;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Composite;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Expansion;
import dev.gradus.graph.Input;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.graph.Projection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What some nodes are computed from once every box is open: leaves, constants, and the results of primitives and of opaque
/// ops, each after what it needs. A composite stands where the result of its expansion stands, and a stand-in of an expansion where
/// the operand stands.
final class Unfolding {

  /// One of the nodes that are left.
  ///
  /// @param node a leaf, a constant, an application, or one result of an opaque op
  /// @param operands the places of what it is computed from
  record Step(Node node, List<Integer> operands) {}

  private final List<Step> steps = new ArrayList<>();
  private final Map<Node, Integer> places = new HashMap<>();
  private final Map<Input, Node> standIns = new HashMap<>();
  private final Set<Node> inside = new HashSet<>();

  /// Adds the results of `wanted` and all they need.
  void add(Node wanted) {
    Deque<Node> path = new ArrayDeque<>(wanted.results());
    while (!path.isEmpty()) {
      Node node = path.peek();
      List<Node> needs = places.containsKey(node) ? List.of() : needs(node);
      boolean isReady = true;
      for (int i = needs.size() - 1; i >= 0; i--) {
        if (!places.containsKey(needs.get(i))) {
          path.push(needs.get(i));
          isReady = false;
        }
      }
      if (isReady) {
        path.pop();
        if (!places.containsKey(node)) {
          places.put(node, place(node, needs));
        }
      }
    }
  }

  /// What a node is computed from, or the one node in whose place it stands.
  private List<Node> needs(Node node) {
    return switch (node) {
      case Constant constant -> List.of();
      case Parameter parameter -> List.of();
      case Input input -> {
        Node operand = standIns.get(input);
        yield operand == null ? List.of() : List.of(operand);
      }
      case Projection projection -> {
        Expansion box = open(projection.tuple());
        yield box == null ? projection.tuple().operands() : List.of(box.outputs().get(projection.index()));
      }
      case Apply apply -> {
        Expansion box = open(apply);
        yield box == null ? apply.operands() : List.of(box.outputs().getFirst());
      }
    };
  }

  private @Nullable Expansion open(Apply apply) {
    Expansion box = apply.expansion();
    if (box != null) {
      for (int i = 0; i < box.inputs().size(); i++) {
        if (box.inputs().get(i) instanceof Input standIn) {
          standIns.put(standIn, apply.operand(i));
        }
      }
      inside.addAll(box.graph().nodes());
    }
    return box;
  }

  private int place(Node node, List<Node> needs) {
    List<Integer> operands = needs.stream().map(this::placeOf).toList();
    boolean isAlias =
        switch (node) {
          case Input input -> standIns.containsKey(input);
          case Projection projection -> projection.tuple().op() instanceof Composite;
          case Apply apply -> apply.op() instanceof Composite;
          case Constant constant -> false;
          case Parameter parameter -> false;
        };
    if (isAlias) {
      return operands.getFirst();
    }
    steps.add(new Step(node, operands));
    return steps.size() - 1;
  }

  List<Step> steps() {
    return steps;
  }

  /// Whether a node was made by an expansion, so that the run has no value for it.
  boolean isInside(Node node) {
    return inside.contains(node);
  }

  /// Whether `node` was met.
  boolean contains(Node node) {
    return places.containsKey(node);
  }

  /// The place of the step that computes `node`.
  int placeOf(Node node) {
    Integer place = places.get(node);
    if (place == null) {
      throw new GradusException(
          "instructions", "the node must be among what was wanted", node.toString(), "name it, or one of its results(), when they are made");
    }
    return place;
  }
}
