package dev.gradus.teach.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gradus.diff.Flow;
import dev.gradus.diff.Term;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Elementwise;
import dev.gradus.graph.Graph;
import dev.gradus.graph.Input;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.graph.SourceLine;
import dev.gradus.scalar.Expression;
import dev.gradus.teach.replay.Equation;
import dev.gradus.teach.replay.Mistakes;
import dev.gradus.teach.replay.Narration;
import dev.gradus.teach.replay.Replay;
import dev.gradus.teach.replay.Share;
import dev.gradus.teach.replay.Step;
import dev.gradus.teach.replay.Writing;
import dev.gradus.teach.script.Instructions;
import dev.gradus.teach.script.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What a page knows of its graph: nodes, terms and steps as rows of numbers, the equations they refer to, and the instructions
/// that compute everything.
final class PageData {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /// In larger graphs a quiz does not tell mistakes with local derivatives apart: their nodes would be most of the page.
  private static final int MOST_WITH_MISTAKES = 500;

  private final Replay replay;
  private final Narration narration;
  private final Graph graph;
  private final Source source;
  private final @Nullable Training training;
  private final Instructions instructions;
  private final Map<Share, List<Mistakes.Wrong>> mistakes = new HashMap<>();
  private final Map<Share, Integer> termIds = new HashMap<>();
  private final List<Share> shares = new ArrayList<>();
  private final Table templates = new Table();
  private final Table rules = new Table();
  private final Table ops = new Table();
  private final Table lines = new Table();

  PageData(Narration narration, Source source, @Nullable Training training) {
    this.narration = narration;
    this.replay = narration.replay();
    this.graph = replay.graph();
    this.source = source;
    this.training = training;
    for (Node u : replay.order()) {
      shares.addAll(replay.shares(u));
    }
    for (Share share : shares) {
      termIds.put(share, termIds.size());
      mistakes.put(share, graph.size() <= MOST_WITH_MISTAKES ? Mistakes.locals(share) : List.of());
    }
    this.instructions = Instructions.of(wanted(), replay.values());
  }

  private List<Node> wanted() {
    List<Node> all = new ArrayList<>();
    for (Node u : graph.nodes()) {
      all.addAll(u.results());
      Node gradient = replay.gradient(u);
      if (gradient != null) {
        all.add(gradient);
      }
    }
    for (Share share : shares) {
      all.add(share.term().product());
      all.add(share.sum());
      if (share.term().local() != null) {
        all.add(share.term().local());
      }
      wrongs(share).forEach(wrong -> all.add(wrong.node()));
    }
    if (training != null && training.boundary() != null) {
      all.add(training.boundary().value());
    }
    return all;
  }

  private List<Mistakes.Wrong> wrongs(Share share) {
    return mistakes.getOrDefault(share, List.of());
  }

  Instructions instructions() {
    return instructions;
  }

  JsonNode json() {
    ObjectNode all = JSON.objectNode();
    all.put("result", id(replay.result()));
    ArrayNode nodes = all.putArray("nodes");
    graph.nodes().forEach(node -> nodes.add(node(node)));
    ArrayNode terms = all.putArray("terms");
    shares.forEach(share -> terms.add(term(share)));
    ArrayNode steps = all.putArray("steps");
    replay.steps().forEach(step -> step(step, steps));
    ArrayNode leaves = all.putArray("leaves");
    replay.leaves().forEach(leaf -> leaves.add(id(leaf)));
    all.set("templates", templates.rows());
    all.set("rules", rules.rows());
    ArrayNode names = all.putArray("ops");
    ops.rows().forEach(row -> names.add(row.get(0)));
    all.set("lines", lines.rows());
    all.set("program", instructions.json());
    ArrayNode locked = all.putArray("locked");
    instructions.locked().stream().filter(graph::contains).forEach(leaf -> locked.add(id(leaf)));
    ArrayNode played = all.putArray("playedBack");
    instructions.playedBack().forEach(played::add);
    ArrayNode fixed = all.putArray("fixed");
    graph.nodes().stream().filter(instructions::isPlayedBack).forEach(node -> fixed.add(id(node)));
    if (training != null) {
      all.set("training", training(training));
    }
    return all;
  }

  private int id(Node node) {
    return graph.indexOf(node);
  }

  private static ArrayNode row(Object... cells) {
    ArrayNode row = JSON.arrayNode();
    for (Object cell : cells) {
      switch (cell) {
        case Integer number -> row.add(number);
        case Double number -> row.add(number);
        case JsonNode json -> row.add(json);
        default -> row.add(cell.toString());
      }
    }
    return row;
  }

  /// Label, symbol, op, kind, value, gradient, flow, operands, definition, line.
  private JsonNode node(Node node) {
    String label = narration.label(node);
    Node gradient = replay.gradient(node);
    ArrayNode operands = JSON.arrayNode();
    node.operands().forEach(operand -> operands.add(id(operand)));
    Flow flow = node.isTuple() ? Flow.FLOWS : replay.gradients().flow(node);
    return row(
        label,
        Writing.MATHML.name(label),
        ops.add(row(node.kind())),
        switch (node) {
          case Input input -> "i";
          case Parameter parameter -> "p";
          case Constant constant -> "c";
          default -> "a";
        },
        node.isTuple() ? -1 : instructions.of(node),
        gradient == null ? -1 : instructions.of(gradient),
        number(flow),
        operands,
        definition(node),
        line(node.sourceLine()));
  }

  private JsonNode definition(Node node) {
    if (node.operands().isEmpty()) {
      return JSON.numberNode(0);
    }
    Equation equation = narration.definitionOf(node);
    return equation == null ? JSON.textNode(narration.definition(node)) : equation(equation, null);
  }

  /// A template with its atoms: a node's id, or -1 - id for the gradient of a node.
  private JsonNode equation(Equation equation, @Nullable Term term) {
    int count = equation.atoms().size();
    String mathMl = equation.print(
        Writing.MATHML, IntStream.range(0, count).mapToObj(i -> "<mrow data-a=\"" + i + "\"></mrow>").toList());
    String text = equation.print(Writing.TEXT, IntStream.range(0, count).mapToObj(i -> "{" + i + "}").toList());
    ArrayNode row = row(templates.add(row(mathMl, text, equation.isSum() ? 1 : 0, equation.isArray() ? 1 : 0)));
    for (Node atom : equation.atoms()) {
      row.add(term != null && atom == term.upstream() ? -1 - id(term.use().user()) : id(atom));
    }
    return row;
  }

  private int line(@Nullable SourceLine line) {
    if (line == null) {
      return -1;
    }
    String text = source.line(line);
    return lines.add(text == null ? row(line.toString()) : row(line.toString(), text, Math.max(0, line.column() - 1)));
  }

  /// u, v, slot, upstream, local, product, sum, rule, local's equation, the product's equation, mistakes.
  private JsonNode term(Share share) {
    Term term = share.term();
    Equation local = narration.local(share);
    Equation product = local == null ? narration.product(share) : null;
    ArrayNode wrongs = JSON.arrayNode();
    wrongs(share).forEach(wrong -> wrongs.add(row(wrong.key(), instructions.of(wrong.node()))));
    return row(
        id(share.u()),
        id(term.use().user()),
        term.use().slot(),
        term.upstream() == null ? -1 : instructions.of(term.upstream()),
        term.local() == null ? -1 : instructions.of(term.local()),
        instructions.of(term.product()),
        instructions.of(share.sum()),
        rules.add(row(narration.rule(share), rule(share))),
        local == null ? JSON.numberNode(0) : equation(local, term),
        product == null ? JSON.numberNode(0) : equation(product, term),
        wrongs);
  }

  /// The rule of an elementwise op in its own letters: v = x · y ⇒ ∂v/∂x = y, and the identity in terms of v where there is one.
  private static String rule(Share share) {
    if (!(share.term().use().user() instanceof Apply v) || !(v.op() instanceof Elementwise map)) {
      return "";
    }
    int slot = share.term().use().slot();
    Expression local = map.localFormula(slot);
    Expression identity = Narration.identity(map);
    return "<mi>v</mi><mo>=</mo>" + map.formula().toMathMl() + "<mspace width=\"0.8em\"></mspace><mo>⇒</mo><mspace width=\"0.8em\"></mspace>"
        + Writing.MATHML.partial("<mi>v</mi>", "<mi>" + Narration.letter(slot) + "</mi>") + "<mo>=</mo>" + local.toMathMl()
        + (identity == null ? "" : "<mo>=</mo>" + identity.toMathMl(List.of("<mi>v</mi>")));
  }

  /// A kind of step as the page's script numbers it.
  static int number(Step.Kind kind) {
    return switch (kind) {
      case FORWARD -> 0;
      case SEED -> 1;
      case OPEN -> 2;
      case TERM -> 3;
      case CLOSE -> 4;
      case PARAMETERS -> 5;
    };
  }

  private static int number(Flow flow) {
    return switch (flow) {
      case FLOWS -> 0;
      case UNREACHABLE -> 1;
      case STOPPED -> 2;
      case DISCRETE -> 3;
    };
  }

  private void step(Step step, ArrayNode steps) {
    steps.add(number(step.kind()));
    Share share = step.share();
    steps.add(share != null ? termIds.get(share) : step.u() != null ? id(step.u()) : -1);
  }

  private ObjectNode training(Training of) {
    ObjectNode json = JSON.objectNode();
    json.put("rate", of.rate());
    json.put("most", 4 * of.rate());
    ArrayNode parameters = json.putArray("parameters");
    replay.order().stream()
        .filter(node -> node instanceof Parameter && node.dtype().isFloating() && !instructions.locked().contains(node))
        .forEach(node -> parameters.add(id(node)));
    Training.Boundary boundary = of.boundary();
    if (boundary != null) {
      Training.Grid grid = boundary.grid();
      ObjectNode drawn = json.putObject("boundary");
      drawn.put("value", instructions.of(boundary.value()));
      drawn.put("threshold", boundary.threshold());
      drawn.set("grid", row(grid.left(), grid.right(), grid.columns(), grid.bottom(), grid.top(), grid.rows()));
      ArrayNode points = drawn.putArray("points");
      double[] places = boundary.points().toDoubles();
      double[] labels = boundary.labels().toDoubles();
      for (int i = 0; i < labels.length; i++) {
        points.add(row(places[2 * i], places[2 * i + 1], labels[i]));
      }
    }
    return json;
  }
}
