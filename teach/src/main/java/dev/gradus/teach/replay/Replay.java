package dev.gradus.teach.replay;

import com.google.common.collect.ImmutableList;
import dev.gradus.GradusException;
import dev.gradus.diff.Flow;
import dev.gradus.diff.Gradients;
import dev.gradus.diff.Term;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Graph;
import dev.gradus.graph.Input;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.run.Values;
import dev.gradus.show.NodeLabels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The lecture's algorithm over one graph as a list of steps: the value of every node, inputs first; then ∂L/∂L = 1; then for
/// each u, from the top down, its sum over Γ(u), one term after the other; at the end the gradients by the leaves.
///
/// It replays the nodes that ran: a term is the pullback's node, a sum so far is one of the nodes that add up to ∂L/∂u. Every
/// quantity is assigned in one step and never changes, so what is known at step k is what is assigned at or before it, and
/// going back costs nothing.
public final class Replay {
  private static final int NEVER = Integer.MAX_VALUE;

  private final Node result;
  private final Gradients gradients;
  private final Values values;
  private final ImmutableList<Node> order;
  private final ImmutableList<Step> steps;
  private final Map<Node, List<Share>> shares = new HashMap<>();
  private final NodeLabels labels;
  private final int[] valueSteps;
  private final int[] gradientSteps;

  private Replay(Node result, Gradients gradients, Values values) {
    this.result = result;
    this.gradients = gradients;
    this.values = values;
    Graph graph = gradients.graph();
    this.order = leavesFirst(graph);
    this.labels = NodeLabels.of(graph, result);
    this.valueSteps = new int[graph.size()];
    this.gradientSteps = new int[graph.size()];
    this.steps = list();
  }

  /// The steps from a result.
  ///
  /// @param result what was differentiated, L
  /// @param gradients its gradients
  /// @param values a run of it
  /// @throws GradusException for gradients of another result
  public static Replay of(Node result, Gradients gradients, Values values) {
    if (!gradients.graph().outputs().equals(List.of(result))) {
      throw new GradusException("replay", "gradients must be those of " + result, "those of " + gradients.graph().outputs(), "take Backward.from the same node");
    }
    return new Replay(result, gradients, values);
  }

  private static ImmutableList<Node> leavesFirst(Graph graph) {
    ImmutableList.Builder<Node> all = ImmutableList.builder();
    graph.nodes().stream().filter(node -> node.operands().isEmpty()).forEach(all::add);
    graph.nodes().stream().filter(node -> !node.operands().isEmpty()).forEach(all::add);
    return all.build();
  }

  private ImmutableList<Step> list() {
    List<Step> all = new ArrayList<>();
    for (Node u : order) {
      valueSteps[graph().indexOf(u)] = all.size();
      all.add(new Step(Step.Kind.FORWARD, u, null));
    }
    for (Node u : order.reversed()) {
      gradientSteps[graph().indexOf(u)] = NEVER;
      if (u == result) {
        gradientSteps[graph().indexOf(u)] = all.size();
        all.add(new Step(Step.Kind.SEED, u, null));
      } else if (!u.isTuple()) {
        backward(u, all);
      }
    }
    all.add(new Step(Step.Kind.PARAMETERS, null, null));
    return ImmutableList.copyOf(all);
  }

  private void backward(Node u, List<Step> all) {
    List<Share> ofU = sharesOf(u);
    shares.put(u, ofU);
    all.add(new Step(Step.Kind.OPEN, u, null));
    ofU.forEach(share -> all.add(new Step(Step.Kind.TERM, u, share)));
    if (gradients.flow(u) == Flow.FLOWS) {
      gradientSteps[graph().indexOf(u)] = all.size();
    }
    all.add(new Step(Step.Kind.CLOSE, u, null));
  }

  /// The terms of u with the nodes of their sums: ∂L/∂u is `((t₁ + t₂) + t₃) + ...`.
  private List<Share> sharesOf(Node u) {
    List<Term> terms = gradients.terms(u);
    Node[] sums = new Node[terms.size()];
    Node sum = gradients.of(u);
    for (int i = sums.length - 1; i >= 0; i--) {
      sums[i] = sum;
      if (i > 0) {
        sum = ((Apply) sum).operand(0);
      }
    }
    List<Share> all = new ArrayList<>();
    for (int i = 0; i < sums.length; i++) {
      all.add(new Share(u, i, terms.get(i), sums[i]));
    }
    return all;
  }

  /// What was differentiated, L.
  public Node result() {
    return result;
  }

  /// The graph of L.
  public Graph graph() {
    return gradients.graph();
  }

  /// The nodes of ∂L/∂u.
  public Gradients gradients() {
    return gradients;
  }

  /// The numbers.
  public Values values() {
    return values;
  }

  /// What the nodes are called.
  public NodeLabels labels() {
    return labels;
  }

  /// The nodes in the order of their values: leaves first, every node after its operands. Gradients come in the opposite
  /// order.
  public List<Node> order() {
    return order;
  }

  /// All steps in order.
  public List<Step> steps() {
    return steps;
  }

  /// The step in which the value of u is computed.
  public int valueStep(Node u) {
    return valueSteps[graph().indexOf(u)];
  }

  /// The step in which ∂L/∂u is complete, or [Integer#MAX_VALUE] where no gradient arrives.
  public int gradientStep(Node u) {
    return gradientSteps[graph().indexOf(u)];
  }

  /// The terms of ∂L/∂u in the order of Γ(u); empty for the result, for tuples, and where no gradient arrives.
  public List<Share> shares(Node u) {
    return shares.getOrDefault(u, List.of());
  }

  /// The node of ∂L/∂u, or null where no gradient arrives.
  public @Nullable Node gradient(Node u) {
    return u.isTuple() || gradients.flow(u) != Flow.FLOWS ? null : gradients.of(u);
  }

  /// The parameters of the graph and, after them, its inputs.
  public List<Node> leaves() {
    List<Node> all = new ArrayList<>(order.stream().filter(Parameter.class::isInstance).toList());
    order.stream().filter(Input.class::isInstance).forEach(all::add);
    return all;
  }

  /// Computes every number that the steps mention, in one walk.
  public void evaluate() {
    List<Node> wanted = new ArrayList<>();
    for (Node u : order) {
      Node gradient = gradient(u);
      if (gradient != null) {
        wanted.add(gradient);
      }
      for (Share share : shares(u)) {
        wanted.add(share.term().product());
        wanted.add(share.sum());
        if (share.term().local() != null) {
          wanted.add(share.term().local());
        }
      }
    }
    values.evaluate(wanted);
  }
}
