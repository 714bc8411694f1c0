package dev.gradus.show;

import dev.gradus.diff.Flow;
import dev.gradus.diff.Gradients;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Graph;
import dev.gradus.graph.Node;
import dev.gradus.run.Values;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/// The lecture's two passes over a graph as tables: the forward values, leaves first; then ∂L/∂L = 1 and, for each u from
/// the top down, each v in Γ(u) with ∂L/∂v, the local factor ∂v/∂u, their product, and the sum ∂L/∂u. It shows the very
/// nodes that were run. Long graphs are abbreviated in the middle.
///
/// ```java
/// Values values = Interpreter.run(loss);
/// out.print(Walkthrough.of(loss, Backward.from(loss), values));
/// ```
public final class Walkthrough {
  private static final int MOST_NODES = 48;
  private static final int EDGE = 20;
  private static final int LOCAL_WIDTH = 28;
  private static final int SCALAR_DIGITS = 6;
  private static final int TENSOR_DIGITS = 4;

  private final Node result;
  private final Graph graph;
  private final Gradients gradients;
  private final Values values;
  private final NodeLabels labels;
  private final String symbol;
  private final boolean scalar;
  private final List<Node> first;
  private final List<Node> last;

  private Walkthrough(Node result, Gradients gradients, Values values) {
    this.result = result;
    this.graph = gradients.graph();
    this.gradients = gradients;
    this.values = values;
    List<Node> order = leavesFirst(graph);
    boolean all = order.size() <= MOST_NODES;
    this.first = all ? order : order.subList(0, EDGE);
    this.last = all ? List.of() : order.subList(order.size() - EDGE, order.size());
    this.scalar = shown().stream().allMatch(node -> !node.isTuple() && node.shape().rank() == 0);
    this.labels = NodeLabels.of(graph, result);
    this.symbol = isOne(seed()) ? labels.of(result) : "L";
  }

  /// The walk from a result.
  ///
  /// @param result what was differentiated, L
  /// @param gradients its gradients
  /// @param values a run of it
  public static Walkthrough of(Node result, Gradients gradients, Values values) {
    return new Walkthrough(result, gradients, values);
  }

  private static List<Node> leavesFirst(Graph graph) {
    List<Node> order = new ArrayList<>(graph.size());
    graph.nodes().stream().filter(node -> node.operands().isEmpty()).forEach(order::add);
    graph.nodes().stream().filter(node -> !node.operands().isEmpty()).forEach(order::add);
    return order;
  }

  private static boolean isOne(Tensor upstream) {
    return upstream.size() == 1 && upstream.reshape(Shape.SCALAR).item() == 1;
  }

  private Tensor seed() {
    return values.of(gradients.of(result));
  }

  private List<Node> shown() {
    List<Node> all = new ArrayList<>(first);
    all.addAll(last);
    return all;
  }

  private String omission() {
    return graph.size() - first.size() - last.size() + " more nodes";
  }

  /// What a node is called in the tables: its name, or `v1`, `v2`, ... where it has none.
  public String label(Node node) {
    return labels.of(node);
  }

  /// The value of every node, each after its operands.
  public String forward() {
    TextTable table = new TextTable("node", "computed as", "value").limit(0, 16).limit(1, scalar ? 34 : 22).limit(2, 52);
    first.forEach(node -> forward(node, table));
    if (!last.isEmpty()) {
      table.row("...", omission());
      last.forEach(node -> forward(node, table));
    }
    return table.toString();
  }

  private void forward(Node node, TextTable table) {
    String value = node.isTuple() ? "(" + node.results().size() + " results)" : exact(values.of(node));
    table.row(labels.of(node), labels.definition(node), value);
  }

  /// The gradient by every node: for each u from the top down the terms of its sum over Γ(u).
  public String backward() {
    evaluateAll();
    TextTable table = scalar
        ? new TextTable("u", "v ∈ Γ(u)", derivative("v"), "∂v/∂u", "product", derivative("u"))
            .limit(0, 16).limit(1, 16).limit(3, LOCAL_WIDTH).alignRight(2, 4, 5)
        : new TextTable("u", "v ∈ Γ(u)", "", "value").limit(0, 16).limit(1, 16).limit(3, 52);
    last.reversed().forEach(u -> backward(u, table));
    if (!last.isEmpty()) {
      table.row("...", "", "", omission());
    }
    first.reversed().forEach(u -> backward(u, table));
    return table.toString();
  }

  /// Every number the tables need, in one walk.
  private void evaluateAll() {
    List<Node> wanted = new ArrayList<>();
    for (Node u : shown()) {
      if (!u.isTuple()) {
        wanted.add(gradients.of(u));
      }
    }
    values.evaluate(wanted);
  }

  private void backward(Node u, TextTable table) {
    if (u.isTuple()) {
      return;
    }
    String sum = text(values.of(gradients.of(u)));
    if (gradients.flow(u) != Flow.FLOWS) {
      none(u, table);
    } else if (u == result) {
      result(table, sum);
    } else if (scalar) {
      scalarTerms(u, sum, table);
    } else {
      tensorTerms(u, sum, table);
    }
  }

  private void result(TextTable table, String sum) {
    if (scalar) {
      table.row(labels.of(result), "", "", "", "", sum);
    } else {
      table.row(labels.of(result), "", derivative("u"), sum);
    }
  }

  private void none(Node u, TextTable table) {
    String why =
        switch (gradients.flow(u)) {
          case UNREACHABLE -> "no path to " + labels.of(result);
          case STOPPED -> "stopped by stop_gradient";
          case DISCRETE, FLOWS -> "no derivative by integers, bools, indices or random draws";
        };
    if (scalar) {
      table.row(labels.of(u), "", "", why, "", "none");
    } else {
      table.row(labels.of(u), "", derivative("u"), "none: " + why);
    }
  }

  private void scalarTerms(Node u, String sum, TextTable table) {
    List<TermText> rows = terms(u);
    for (int i = 0; i < rows.size(); i++) {
      TermText row = rows.get(i);
      String label = i == 0 ? labels.of(u) : "";
      table.row(label, row.user(), row.upstream(), local(row), row.product(), i == rows.size() - 1 ? sum : "");
    }
  }

  private List<TermText> terms(Node u) {
    return TermText.all(u, gradients, labels, node -> text(values.of(node)));
  }

  private static String local(TermText row) {
    if (row.formula().isEmpty() || row.formula().equals(row.local())) {
      return row.formula().isEmpty() ? row.rule() : row.local();
    }
    boolean fits = row.formula().length() + 3 + row.local().length() <= LOCAL_WIDTH;
    return row.formula() + (fits ? " = " : "\n= ") + row.local();
  }

  private void tensorTerms(Node u, String sum, TextTable table) {
    String label = labels.of(u);
    List<TermText> rows = terms(u);
    for (TermText row : rows) {
      table.row(label, row.user(), derivative("v"), row.upstream());
      if (row.formula().isEmpty()) {
        table.row("", "", "rule", row.rule());
      } else {
        table.row("", "", "∂v/∂u", (row.formula().equals(row.local()) ? "" : row.formula() + " =\n") + row.local());
      }
      if (rows.size() > 1) {
        table.row("", "", "product", row.product());
      }
      label = "";
    }
    table.row("", "", derivative("u"), sum);
  }

  /// The gradients by the leaves; scalars with all their digits, and beside their values.
  public String leaves() {
    evaluateAll();
    TextTable table = scalar ? new TextTable("leaf u", "value", derivative("u")) : new TextTable("leaf u", derivative("u"));
    for (Node leaf : shown()) {
      boolean nameless = leaf instanceof Constant && leaf.name() == null;
      if (leaf.operands().isEmpty() && !nameless) {
        boolean flows = gradients.flow(leaf) == Flow.FLOWS;
        String gradient = flows ? exact(values.of(gradients.of(leaf))) : "none";
        table.row(scalar ? new Object[] {labels.of(leaf), exact(values.of(leaf)), gradient} : new Object[] {labels.of(leaf), gradient});
      }
    }
    return table.toString();
  }

  private String derivative(String by) {
    return "∂" + symbol + "/∂" + by;
  }

  private String text(Tensor tensor) {
    return Numbers.text(tensor, scalar ? SCALAR_DIGITS : TENSOR_DIGITS);
  }

  private static String exact(Tensor tensor) {
    return tensor.rank() == 0 && tensor.dtype().isFloating()
        ? Numbers.exact((Double) tensor.toNested())
        : Numbers.text(tensor, TENSOR_DIGITS);
  }

  /// Prints all of it, with the algorithm in words.
  public void print(PrintWriter out) {
    out.print(this);
    out.flush();
  }

  @Override
  public String toString() {
    String top = isOne(seed()) ? derivative(symbol) + " = 1" : "the given " + derivative(labels.of(result));
    return """
        Forward: leaves first, every node after its operands.

        %s
        Backward: start with %s. Then, from the top down, for each u whose
        users v ∈ Γ(u) are all done:  ∂%s/∂u = Σ ∂%s/∂v · ∂v/∂u, summed over v ∈ Γ(u).

        %s%s
        Gradients by the leaves:

        %s"""
        .formatted(forward(), top, symbol, symbol, backward(), legend(), leaves());
  }

  private String legend() {
    return scalar ? "" : "\n(A rule's g is " + derivative("v") + "; a product is summed back over what was broadcast.)\n";
  }
}
