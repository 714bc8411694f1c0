package dev.gradus.check;

import com.google.common.collect.ImmutableList;
import dev.gradus.GradusException;
import dev.gradus.check.CheckReport.Skipped;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Graph;
import dev.gradus.graph.Input;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.run.Interpreter;
import dev.gradus.run.Values;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A numerical check of gradients: moves every element of every leaf a little and compares the change of the result with
/// the gradient.
///
/// ```java
/// GradientCheck.of(loss).feeds(Map.of(x, batch)).run().assertCorrect();
/// ```
///
/// Differences are central, with a step for each element, extrapolated to step 0 and given with an estimate of their
/// error ([Row]). A node with many elements is moved along random directions instead. Everything is computed in f64,
/// also where the graph is f32. What `stop_gradient` gives is held still. Where a gradient is wrong, every node's own
/// rule is checked and the first that is wrong is named ([Culprit]).
///
/// A check is a value: each of the methods that change a setting returns a changed copy.
public final class GradientCheck {
  private final Node result;
  private final Map<Node, Tensor> feeds;
  private final @Nullable Tensor upstream;
  private final List<Node> by;
  private final Settings settings;

  private GradientCheck(
      Node result, Map<Node, Tensor> feeds, @Nullable Tensor upstream, List<Node> by, Settings settings) {
    this.result = result;
    this.feeds = feeds;
    this.upstream = upstream;
    this.by = by;
    this.settings = settings;
  }

  /// A check of the gradients of `result` by all its inputs and parameters.
  public static GradientCheck of(Node result) {
    return new GradientCheck(result, Map.of(), null, List.of(), Settings.USUAL);
  }

  /// Checks at these values, as [Interpreter#run(List, Map)] takes them; replaces those given before.
  public GradientCheck feeds(Map<? extends Node, Tensor> values) {
    return new GradientCheck(result, new HashMap<>(values), upstream, by, settings);
  }

  /// Checks the gradients of ⟨`gradient`, result⟩; needed where the result has other than one element.
  public GradientCheck upstream(Tensor gradient) {
    return new GradientCheck(result, feeds, gradient, by, settings);
  }

  /// Checks the gradients by these nodes, which may be any that the result depends on, in place of all inputs and
  /// parameters.
  public GradientCheck by(Node... nodes) {
    return new GradientCheck(result, feeds, upstream, ImmutableList.copyOf(nodes), settings);
  }

  /// Takes a relative difference of this size for agreement; 1e-6 unless told otherwise. The estimated error of the
  /// differences is allowed for in addition.
  public GradientCheck tolerance(double relative) {
    if (!(relative > 0 && relative < 1)) {
      throw new GradusException("gradient check", "the tolerance must lie between 0 and 1", relative, "1e-6 is usual");
    }
    return with(
        new Settings(relative, settings.coordinates(), settings.directions(), settings.seed(), settings.curve()));
  }

  /// Moves the elements of a node one by one if there are at most this many; 256 unless told otherwise.
  public GradientCheck coordinates(int most) {
    return with(new Settings(settings.tolerance(), most, settings.directions(), settings.seed(), settings.curve()));
  }

  /// Moves a larger node along so many random directions; 8 unless told otherwise.
  public GradientCheck directions(int count) {
    if (count < 1) {
      throw new GradusException("gradient check", "there must be a direction", count, "8 is usual");
    }
    return with(new Settings(settings.tolerance(), settings.coordinates(), count, settings.seed(), settings.curve()));
  }

  /// Draws the directions from this seed; 0 unless told otherwise.
  public GradientCheck seed(long seed) {
    return with(new Settings(settings.tolerance(), settings.coordinates(), settings.directions(), seed, settings.curve()));
  }

  /// Keeps for each row the differences by step ([Row#curve]).
  public GradientCheck curve() {
    return with(new Settings(settings.tolerance(), settings.coordinates(), settings.directions(), settings.seed(), true));
  }

  private GradientCheck with(Settings changed) {
    return new GradientCheck(result, feeds, upstream, by, changed);
  }

  /// Checks.
  ///
  /// @throws GradusException where the graph cannot be run or differentiated: an input is not fed, or the result has
  ///     several elements and there is no upstream gradient
  public CheckReport run() {
    Values _ = Interpreter.run(List.of(result), feeds);
    DoublePrecision precise = DoublePrecision.of(result, feeds);
    Comparison comparison = new Comparison(precise.of(result), weights(), settings);
    List<Row> rows = new ArrayList<>();
    List<Skipped> skipped = new ArrayList<>();
    Set<Node> wrong = new HashSet<>();
    for (Node node : moved()) {
      String reason = reasonToSkip(node, precise, comparison);
      if (reason != null) {
        skipped.add(new Skipped(node, reason));
        continue;
      }
      List<Row> compared = comparison.rows(precise.of(node), node);
      rows.addAll(compared);
      if (compared.stream().anyMatch(row -> row.verdict() == Verdict.WRONG)) {
        wrong.add(precise.of(node));
      }
    }
    Diagnosis diagnosis = new Diagnosis(settings);
    Culprit culprit = diagnosis.first(suspects(comparison, wrong), comparison.run());
    Apply kink = culprit == null && diagnosis.kink() != null ? (Apply) precise.original(diagnosis.kink()) : null;
    return new CheckReport(
        result,
        rows,
        skipped,
        culprit == null ? null : original(culprit, precise),
        kink,
        origin(rows, precise, comparison));
  }

  private List<Node> moved() {
    Graph graph = Graph.of(List.of(result), feeds.keySet());
    if (by.isEmpty()) {
      return graph.nodes().stream().filter(node -> node instanceof Input || node instanceof Parameter).toList();
    }
    by.forEach(graph::indexOf);
    return by;
  }

  private Tensor weights() {
    if (upstream == null) {
      if (result.shape().size() != 1) {
        throw new GradusException(
            "gradient check",
            "a result of more or fewer than one element needs an upstream gradient",
            result.toString(),
            "pass upstream(tensor) of shape " + result.shape() + ", or sum the result");
      }
      return Tensor.ones(result.shape());
    }
    if (!upstream.dtype().isFloating() || !upstream.shape().equals(result.shape())) {
      throw new GradusException(
          "gradient check",
          "the upstream gradient must be floating-point of shape " + result.shape(),
          upstream.dtype() + upstream.shape().toString(),
          "reshape or cast it");
    }
    return DoublePrecision.precise(upstream);
  }

  private static @Nullable String reasonToSkip(Node node, DoublePrecision precise, Comparison comparison) {
    if (!node.dtype().isFloating()) {
      return "DISCRETE: " + node.dtype() + " has no derivative";
    }
    if (node.shape().size() == 0) {
      return "it has no elements";
    }
    return comparison.isStopped(precise.of(node)) ? "STOPPED: stop_gradient is on every path to the result" : null;
  }

  /// The nodes that depend on one with a wrong gradient, operands first.
  private static List<Node> suspects(Comparison comparison, Set<Node> wrong) {
    Set<Node> following = new HashSet<>(wrong);
    List<Node> suspects = new ArrayList<>();
    for (Node node : comparison.gradients().graph().nodes()) {
      if (node.operands().stream().anyMatch(following::contains)) {
        following.add(node);
        suspects.add(node);
      }
    }
    return suspects;
  }

  private static Culprit original(Culprit found, DoublePrecision precise) {
    return precise.original(found.node()) instanceof Apply node
        ? new Culprit(node, found.slot(), found.rule(), found.row().of(node.operand(found.slot())), found.inside())
        : found;
  }

  private static @Nullable NonFinite origin(List<Row> rows, DoublePrecision precise, Comparison comparison) {
    boolean nan = rows.stream().anyMatch(row -> Double.isNaN(row.analytic()));
    boolean failing =
        rows.stream().anyMatch(row -> !row.verdict().passes() && !Double.isFinite(row.analytic() + row.numeric()));
    if (!failing) {
      return null;
    }
    NonFinite found =
        (nan
                ? NonFinite.traceNaN(comparison.run(), comparison.gradients())
                : NonFinite.trace(comparison.run(), comparison.gradients()))
            .orElse(null);
    return found == null
        ? null
        : new NonFinite(
            precise.original(found.node()),
            found.index(),
            found.value(),
            found.operands(),
            found.gradientOf() == null ? null : precise.original(found.gradientOf()),
            found.inside());
  }
}
