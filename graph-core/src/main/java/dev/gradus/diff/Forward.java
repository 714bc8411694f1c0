package dev.gradus.diff;

import dev.gradus.GradusException;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Composite;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Graph;
import dev.gradus.graph.Node;
import dev.gradus.graph.Opaque;
import dev.gradus.graph.Primitive;
import dev.gradus.graph.Projection;
import dev.gradus.graph.SourceLine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Forward-mode differentiation: the derivative of results along a direction in which some nodes move (a
/// Jacobian-vector product), as nodes.
///
/// It shares little with [Backward]: composites always go through their expansion, primitives through their
/// pushforward. Agreement of the two is therefore evidence for both.
public final class Forward {
  private Forward() {}

  /// The derivative of `result` when each key of `tangents` moves along its value; zeros where it does not move.
  ///
  /// @throws GradusException where a tangent's type differs from its node's
  public static Node derivative(Node result, Map<? extends Node, ? extends Node> tangents) {
    tangents.forEach((node, tangent) -> {
      if (!node.type().equals(tangent.type()) || !node.dtype().isFloating()) {
        throw new GradusException(
            "jvp", "a tangent must have its node's floating-point type", tangent.type() + " for " + node, "reshape it");
      }
    });
    Node moved = along(List.of(result), tangents, Set.of()).getFirst();
    return moved == null ? Constant.filled(result.type(), 0) : moved;
  }

  private static List<@Nullable Node> along(
      List<Node> results, Map<? extends Node, ? extends @Nullable Node> tangents, Set<Node> leaves) {
    Map<Node, List<@Nullable Node>> known = new HashMap<>();
    for (Node node : Graph.of(results, leaves).nodes()) {
      Node given = tangents.get(node);
      if (given != null) {
        known.put(node, Collections.singletonList(given));
      } else if (!leaves.contains(node)) {
        try (var _ = SourceLine.inherit(node)) {
          known.put(node, push(node, known));
        }
      }
    }
    List<@Nullable Node> moved = new ArrayList<>();
    for (Node result : results) {
      moved.add(first(known.get(result)));
    }
    return moved;
  }

  private static @Nullable Node first(@Nullable List<@Nullable Node> tangents) {
    return tangents == null ? null : tangents.getFirst();
  }

  private static List<@Nullable Node> push(Node node, Map<Node, List<@Nullable Node>> known) {
    return switch (node) {
      case Projection projection -> {
        List<@Nullable Node> all = known.get(projection.tuple());
        yield Collections.singletonList(all == null ? null : all.get(projection.index()));
      }
      case Apply apply -> {
        List<@Nullable Node> moves = new ArrayList<>();
        boolean any = false;
        for (Node operand : apply.operands()) {
          Node tangent = first(known.get(operand));
          any |= tangent != null;
          moves.add(tangent);
        }
        if (any) {
          yield push(apply, moves);
        }
        yield Collections.<@Nullable Node>nCopies(apply.types().size(), null);
      }
      default -> Collections.singletonList(null);
    };
  }

  private static List<@Nullable Node> push(Apply out, List<@Nullable Node> tangents) {
    return switch (out.op()) {
      case Primitive primitive -> Collections.singletonList(primitive.pushforward(out, tangents));
      case Opaque opaque -> {
        List<@Nullable Node> stated = opaque.pushforward(out, tangents);
        yield stated != null ? stated : transposed(out, opaque, tangents);
      }
      case Composite composite -> {
        Map<Node, @Nullable Node> moves = new HashMap<>();
        List<Node> operands = Backward.distinct(out.operands());
        for (int slot = 0; slot < operands.size(); slot++) {
          moves.put(operands.get(slot), tangents.get(slot));
        }
        yield along(composite.expand(operands), moves, Set.copyOf(operands));
      }
    };
  }

  /// The pushforward that a pullback implies: ⟨pullback(λ), t⟩ is linear in λ, and its gradient by λ is J · t.
  private static List<@Nullable Node> transposed(Apply out, Opaque opaque, List<@Nullable Node> tangents) {
    List<@Nullable Node> moved = new ArrayList<>();
    for (int k = 0; k < out.types().size(); k++) {
      if (!out.types().get(k).isDifferentiable()) {
        moved.add(null);
        continue;
      }
      Node lambda = Constant.filled(out.types().get(k), 0).named("lambda");
      List<@Nullable Node> upstream = new ArrayList<>(Collections.nCopies(out.types().size(), null));
      upstream.set(k, lambda);
      List<@Nullable Node> sent = opaque.pullback(out, upstream);
      List<Node> results = new ArrayList<>();
      List<@Nullable Node> weights = new ArrayList<>();
      for (int slot = 0; slot < sent.size(); slot++) {
        Node contribution = sent.get(slot);
        if (contribution != null && tangents.get(slot) != null) {
          results.add(contribution);
          weights.add(tangents.get(slot));
        }
      }
      Gradients adjoint = Backward.from(results, weights, Set.of(lambda));
      moved.add(results.isEmpty() || adjoint.flow(lambda) != Flow.FLOWS ? null : adjoint.of(lambda));
    }
    return moved;
  }
}
