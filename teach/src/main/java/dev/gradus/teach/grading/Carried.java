package dev.gradus.teach.grading;

import dev.gradus.diff.Flow;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Node;
import dev.gradus.graph.Projection;
import dev.gradus.graph.Use;
import dev.gradus.run.Interpreter;
import dev.gradus.teach.replay.Excerpt;
import dev.gradus.teach.replay.Replay;
import dev.gradus.teach.replay.Share;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// A student's numbers carried through the graph: what each node's number should be, given the student's own numbers of the nodes
/// that it is computed from. Where none was given, what follows stands for it.
final class Carried {
  private final Replay replay;
  private final Map<Node, Tensor> values = new HashMap<>();
  private final Map<Node, Tensor> expectedValues = new HashMap<>();
  private final Map<Node, Tensor> gradients = new HashMap<>();
  private final Map<Node, Tensor> expectedGradients = new HashMap<>();
  private final Map<Node, List<Share>> shares = new HashMap<>();
  private final Map<Node, Excerpt> excerpts = new HashMap<>();

  /// Numbers carried; those given must have the shapes and dtypes of their nodes.
  Carried(Replay replay, Map<Node, Tensor> givenValues, Map<Node, Tensor> givenGradients) {
    this.replay = replay;
    forward(givenValues);
    for (Node u : replay.order().reversed()) {
      if (!u.isTuple()) {
        Tensor expected = backward(u);
        expectedGradients.put(u, expected);
        gradients.put(u, givenGradients.getOrDefault(u, expected));
      }
    }
  }

  private void forward(Map<Node, Tensor> given) {
    Set<Node> changed = new HashSet<>();
    for (Node u : replay.order()) {
      boolean follows = u.operands().stream().anyMatch(changed::contains);
      if (u.isTuple()) {
        if (follows) {
          changed.add(u);
        }
        continue;
      }
      Tensor right = replay.values().of(u);
      Tensor expected = follows ? computed(u) : right;
      Tensor own = given.getOrDefault(u, expected);
      expectedValues.put(u, expected);
      values.put(u, own);
      if (!own.equals(right)) {
        changed.add(u);
      }
    }
  }

  private Tensor computed(Node u) {
    Apply v = u instanceof Projection part ? part.tuple() : (Apply) u;
    Apply alone = Apply.of(v.op(), v.operands().stream().map(x -> Constant.of(value(x))).toList());
    Node result = u instanceof Projection part ? alone.results().get(part.index()) : alone;
    return Interpreter.run(result).of(result);
  }

  private Tensor backward(Node u) {
    Tensor right = right(u);
    if (u == replay.result() || replay.gradients().flow(u) != Flow.FLOWS) {
      return right;
    }
    List<Share> own = new ArrayList<>();
    for (Share share : replay.shares(u)) {
      Share carried = excerpt((Apply) share.term().use().user()).share(share.term().use().slot());
      if (carried != null) {
        own.add(carried);
      }
    }
    shares.put(u, own);
    if (own.isEmpty()) {
      return right;
    }
    Node sum = own.stream().map(share -> share.term().product()).reduce(Node::plus).orElseThrow();
    return Interpreter.run(sum).of(sum);
  }

  private Excerpt excerpt(Apply v) {
    return excerpts.computeIfAbsent(v, _ -> {
      Map<Integer, Tensor> upstreams = new HashMap<>();
      for (Node result : results(v)) {
        if (result.dtype().isFloating() && replay.gradients().flow(result) == Flow.FLOWS) {
          upstreams.merge(result instanceof Projection part ? part.index() : 0, gradient(result), Carried::sum);
        }
      }
      return Excerpt.of(v, v.operands().stream().map(this::value).toList(), upstreams);
    });
  }

  /// What of v's results the graph has; a part that was given a name is a node of its own.
  List<Node> results(Node v) {
    return v.isTuple() ? replay.graph().uses(v).stream().map(Use::user).toList() : List.of(v);
  }

  private static Tensor sum(Tensor x, Tensor y) {
    Node sum = Constant.of(x).plus(Constant.of(y));
    return Interpreter.run(sum).of(sum);
  }

  /// ∂L/∂u as it is.
  Tensor right(Node u) {
    return replay.values().of(replay.gradients().of(u));
  }

  /// The student's value of u, or what it follows to be.
  Tensor value(Node u) {
    return Objects.requireNonNull(values.get(u));
  }

  /// The value of u given the student's values of its operands.
  Tensor expectedValue(Node u) {
    return Objects.requireNonNull(expectedValues.get(u));
  }

  /// The student's ∂L/∂u, or what it follows to be.
  Tensor gradient(Node u) {
    return Objects.requireNonNull(gradients.get(u));
  }

  /// ∂L/∂u given the student's gradients of what uses u.
  Tensor expectedGradient(Node u) {
    return Objects.requireNonNull(expectedGradients.get(u));
  }

  /// The terms of ∂L/∂u with the student's numbers; their users are excerpts.
  List<Share> shares(Node u) {
    return shares.getOrDefault(u, List.of());
  }
}
