package dev.gradus.diff;

import dev.gradus.GradusException;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Broadcasting;
import dev.gradus.graph.Composite;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Elementwise;
import dev.gradus.graph.Graph;
import dev.gradus.graph.Node;
import dev.gradus.graph.Opaque;
import dev.gradus.graph.Primitive;
import dev.gradus.graph.Projection;
import dev.gradus.graph.SourceLine;
import dev.gradus.graph.StopGradient;
import dev.gradus.graph.TensorType;
import dev.gradus.graph.Use;
import dev.gradus.graph.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reverse-mode differentiation, a rewrite of the graph: it *adds nodes* that compute ∂L/∂u for every node u, in
/// the order of the lecture's algorithm. From ∂L/∂L = 1 it walks down the topological order; at u, every user v in
/// Γ(u) is finished, so ∂L/∂u = Σ ∂L/∂v · ∂v/∂u over the uses of u.
///
/// The result is made of ordinary nodes: it can be evaluated, printed and differentiated again. Time and memory
/// are linear in the size of the graph; nothing recurses but the opening of composite ops inside composite ops.
public final class Backward {
  private final Graph graph;
  private final @Nullable Node[] gradients;

  /// What finished nodes sent to their operands: node i to its slot k at `firstSlots[i] + k`.
  private final @Nullable Node[] contributions;
  private final int[] firstSlots;
  private final BitSet pulled = new BitSet();

  /// Why a composite sent nothing to some of its slots, slot by slot; other ops say so themselves.
  private final Map<Node, List<Flow>> insideFlows = new HashMap<>();
  private Flow @Nullable [] absences;

  private Backward(Graph graph, Map<Node, Node> seeds) {
    this.graph = graph;
    this.gradients = new Node[graph.size()];
    this.firstSlots = new int[graph.size()];
    int slots = 0;
    for (int i = 0; i < graph.size(); i++) {
      firstSlots[i] = slots;
      slots += graph.nodes().get(i).operands().size();
    }
    this.contributions = new Node[slots];
    for (int i = graph.size() - 1; i >= 0; i--) {
      Node u = graph.nodes().get(i);
      gradients[i] = close(u, i, seeds.get(u));
    }
  }

  /// The gradients of a result with one element: ∂L/∂u for every u it depends on.
  ///
  /// @throws GradusException when `result` is not a floating-point tensor of one element
  public static Gradients from(Node result) {
    if (result.shape().size() != 1) {
      throw new GradusException(
          "gradient",
          "a result of more or fewer than one element needs an upstream gradient",
          result.toString(),
          "pass one of shape " + result.shape() + ", or sum the result");
    }
    return from(result, Constant.filled(result.type(), 1));
  }

  /// The gradients of ⟨upstream, result⟩: of any result, given the gradient of something by it.
  ///
  /// @throws GradusException when `result` is not floating-point or `upstream` is of another type
  public static Gradients from(Node result, Node upstream) {
    requireDifferentiable(result);
    if (!upstream.type().equals(result.type())) {
      throw new GradusException(
          "gradient", "the upstream gradient must be " + result.type(), upstream.type().toString(), "reshape or cast it");
    }
    return from(List.of(result), List.of(upstream), Set.of());
  }

  private static void requireDifferentiable(Node result) {
    if (!result.dtype().isFloating()) {
      throw new GradusException(
          "gradient", "the result must be floating-point", result.toString(), "integers and bools have no derivative");
    }
  }

  /// The gradients of Σ ⟨upstreams, results⟩ without looking below `leaves`.
  static Gradients from(List<Node> results, List<? extends @Nullable Node> upstreams, Set<Node> leaves) {
    Map<Node, Node> seeds = new LinkedHashMap<>();
    for (int i = 0; i < results.size(); i++) {
      Node upstream = upstreams.get(i);
      if (upstream != null) {
        seeds.merge(results.get(i), upstream, Node::plus);
      }
    }
    Graph graph = Graph.of(results, leaves);
    Backward backward = new Backward(graph, seeds);
    return new Gradients(backward);
  }

  /// Sums what the uses of `u` send it and, if anything arrived, pulls it through u's op.
  private @Nullable Node close(Node u, int index, @Nullable Node seed) {
    if (u instanceof Apply apply && apply.isTuple()) {
      closeTuple(apply, index);
      return null;
    }
    if (!u.dtype().isFloating()) {
      return null;
    }
    try (var _ = SourceLine.inherit(u)) {
      Node sum = seed;
      for (Use use : graph.uses(u)) {
        Node term = contribution(use);
        if (term != null) {
          sum = sum == null ? term : sum.plus(term);
        }
      }
      if (sum != null && u instanceof Apply apply && !graph.isLeaf(u)) {
        pull(apply, index, Collections.singletonList(sum));
      }
      return sum;
    }
  }

  private void closeTuple(Apply tuple, int index) {
    @Nullable Node[] arrived = new Node[tuple.types().size()];
    for (Use use : graph.uses(tuple)) {
      if (use.user() instanceof Projection projection) {
        Node gradient = gradients[graph.indexOf(projection)];
        if (gradient != null) {
          Node before = arrived[projection.index()];
          arrived[projection.index()] = before == null ? gradient : before.plus(gradient);
        }
      }
    }
    boolean any = Arrays.stream(arrived).anyMatch(node -> node != null);
    if (any && !graph.isLeaf(tuple)) {
      try (var _ = SourceLine.inherit(tuple)) {
        pull(tuple, index, Arrays.asList(arrived));
      }
    }
  }

  /// Takes v's gradients through its op and notes what it sends to each operand.
  private void pull(Apply v, int index, List<@Nullable Node> g) {
    List<@Nullable Node> sent =
        switch (v.op()) {
          case Primitive primitive -> primitive.pullbacks(v, Objects.requireNonNull(g.getFirst()));
          case Opaque opaque -> checked(v, opaque.pullback(v, g));
          case Composite composite -> {
            List<@Nullable Node> stated = composite.pullback(v, g);
            yield stated == null ? throughExpansion(v, composite, g) : checked(v, stated);
          }
        };
    for (int slot = 0; slot < sent.size(); slot++) {
      contributions[firstSlots[index] + slot] = sent.get(slot);
    }
    pulled.set(index);
  }

  /// Differentiates what the composite expands to, down to its operands.
  private List<@Nullable Node> throughExpansion(Apply v, Composite composite, List<@Nullable Node> g) {
    List<Node> operands = distinct(v.operands());
    Gradients inside = from(composite.expand(operands), g, Set.copyOf(operands));
    List<@Nullable Node> all = new ArrayList<>();
    List<Flow> flows = new ArrayList<>();
    for (Node operand : operands) {
      Flow flow = inside.flow(operand);
      flows.add(flow);
      all.add(flow == Flow.FLOWS ? inside.of(operand) : null);
    }
    if (all.contains(null)) {
      insideFlows.put(v, flows);
    }
    return all;
  }

  /// The operands with an alias in place of each repeated one, so that every slot has a node of its own.
  static List<Node> distinct(List<Node> operands) {
    Set<Node> seen = new HashSet<>();
    List<Node> all = new ArrayList<>();
    for (Node operand : operands) {
      all.add(seen.add(operand) ? operand : new View.Reshape(operand.shape()).of(operand));
    }
    return all;
  }

  /// Holds a user's pullback to its contract, so that a mistake is told where it was made.
  private static List<@Nullable Node> checked(Apply v, List<@Nullable Node> contributions) {
    String op = v.op().name();
    if (contributions.size() != v.operands().size()) {
      throw new GradusException(
          op,
          "its pullback must give one gradient for each of " + v.operands().size() + " operands",
          contributions.size() + " gradients",
          "give null for an operand without one");
    }
    for (int slot = 0; slot < contributions.size(); slot++) {
      Node contribution = contributions.get(slot);
      TensorType wanted = v.operand(slot).type();
      if (contribution != null && !contribution.type().equals(wanted)) {
        throw new GradusException(
            op,
            "its pullback must give operand " + slot + " a gradient of its type " + wanted,
            contribution.type().toString(),
            "sum over what was broadcast");
      }
    }
    return contributions;
  }

  private @Nullable Node contribution(Use use) {
    return contributions[firstSlots[graph.indexOf(use.user())] + use.slot()];
  }

  Graph graph() {
    return graph;
  }

  @Nullable Node gradient(Node u) {
    return gradients[graph.indexOf(u)];
  }

  Flow flow(Node u) {
    if (!graph.contains(u)) {
      return Flow.UNREACHABLE;
    }
    return arrives(graph.indexOf(u)) ? Flow.FLOWS : absences()[graph.indexOf(u)];
  }

  /// Whether a gradient arrives at a node, or at one of the results of a tuple.
  private boolean arrives(int index) {
    return gradients[index] != null || pulled.get(index);
  }

  /// Why no gradient arrives, for every node that has none; worked out when first asked for.
  private Flow[] absences() {
    Flow[] known = absences;
    if (known == null) {
      known = new Flow[graph.size()];
      for (int i = graph.size() - 1; i >= 0; i--) {
        known[i] = absence(i, known);
      }
      absences = known;
    }
    return known;
  }

  private Flow absence(int index, Flow[] known) {
    Node u = graph.nodes().get(index);
    if (arrives(index)) {
      return Flow.FLOWS;
    }
    if (!u.isTuple() && !u.dtype().isFloating()) {
      return Flow.DISCRETE;
    }
    Set<Flow> paths = EnumSet.of(Flow.UNREACHABLE);
    for (Use use : graph.uses(u)) {
      int user = graph.indexOf(use.user());
      paths.add(pulled.get(user) ? flow(use) : known[user]);
    }
    return paths.contains(Flow.STOPPED) ? Flow.STOPPED
        : paths.contains(Flow.DISCRETE) ? Flow.DISCRETE
        : Flow.UNREACHABLE;
  }

  /// What the slot of a finished user says of the path through it.
  private Flow flow(Use use) {
    if (contribution(use) != null) {
      return Flow.FLOWS;
    }
    List<Flow> inside = insideFlows.get(use.user());
    if (inside != null) {
      return inside.get(use.slot());
    }
    return use.user() instanceof Apply v && v.op() instanceof StopGradient ? Flow.STOPPED : Flow.DISCRETE;
  }

  /// The terms that were summed into ∂L/∂u, in the order of Γ(u).
  List<Term> terms(Node u) {
    List<Term> terms = new ArrayList<>();
    for (Use use : graph.uses(u)) {
      Node product = contribution(use);
      if (product != null && use.user() instanceof Apply v) {
        Node upstream = v.isTuple() ? null : gradients[graph.indexOf(v)];
        terms.add(new Term(use, upstream, local(v, use.slot()), v.op().rule(v, use.slot()), product));
      }
    }
    return terms;
  }

  /// ∂v/∂u at every element of v, or null where v is not elementwise.
  private static @Nullable Node local(Apply v, int slot) {
    if (!(v.op() instanceof Elementwise map)) {
      return null;
    }
    try (var _ = SourceLine.inherit(v)) {
      return Broadcasting.broadcastTo(map.local(v, slot), v.shape());
    }
  }
}
