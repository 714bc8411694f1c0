package dev.gradus.teach.worksheet;

import dev.gradus.graph.Graph;
import dev.gradus.graph.Node;
import dev.gradus.teach.layout.Box;
import dev.gradus.teach.layout.Direction;
import dev.gradus.teach.layout.Layout;
import dev.gradus.teach.layout.Link;
import dev.gradus.teach.layout.Point;
import dev.gradus.teach.layout.Size;
import dev.gradus.teach.layout.Spacing;
import dev.gradus.teach.replay.Narration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The graph of a worksheet as SVG: a box for every node with its name, what it computes, and below that its value and its gradient.
final class SheetPicture {
  /// The room on paper, in pixels of 1/96 inch.
  private static final double WIDTH = 660;
  private static final double HEIGHT = 430;

  private static final double LETTER = 6.6;
  private static final double LINE = 16;
  private static final double CELL = 22;
  private static final double MARGIN = 4;
  private static final int MOST_LETTERS = 26;
  private static final Pattern INDEX = Pattern.compile("(?<![\\p{L}0-9_])(\\p{L})([0-9]+)(?![\\p{L}0-9_])");
  private static final Spacing SPACING = new Spacing(18, 30, 12);

  private final Narration narration;
  private final Plan plan;
  private final boolean isFilled;
  private final Graph graph;
  private final StringBuilder svg = new StringBuilder();

  SheetPicture(Narration narration, Plan plan, boolean isFilled) {
    this.narration = narration;
    this.plan = plan;
    this.isFilled = isFilled;
    this.graph = plan.replay().graph();
  }

  String svg() {
    List<Size> sizes = graph.nodes().stream().map(this::size).toList();
    List<Link> links = new ArrayList<>();
    for (Node user : graph.nodes()) {
      user.operands().forEach(operand -> links.add(new Link(graph.indexOf(operand), graph.indexOf(user))));
    }
    Layout layout = best(sizes, links);
    double scale = scale(layout);
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"").append(number((layout.width() + 2 * MARGIN) * scale));
    svg.append("\" height=\"").append(number((layout.height() + 2 * MARGIN) * scale)).append("\" viewBox=\"").append(number(-MARGIN)).append(' ').append(number(-MARGIN));
    svg.append(' ').append(number(layout.width() + 2 * MARGIN)).append(' ').append(number(layout.height() + 2 * MARGIN)).append("\">\n");
    svg.append("<title>").append(HtmlSheet.escaped(narration.sentences().say("worksheet.graph"))).append("</title>\n");
    svg.append("<defs><marker id=\"head\" viewBox=\"0 0 8 8\" refX=\"7.5\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" orient=\"auto\"><path d=\"M0 0.8L8 4L0 7.2z\"/></marker></defs>\n");
    layout.routes().forEach(this::link);
    for (int i = 0; i < sizes.size(); i++) {
      box(graph.nodes().get(i), layout.boxes().get(i));
    }
    return svg.append("</svg>").toString();
  }

  private static Layout best(List<Size> sizes, List<Link> links) {
    Layout right = Layout.of(sizes, links, Direction.RESULT_ON_RIGHT, SPACING);
    Layout top = Layout.of(sizes, links, Direction.RESULT_ON_TOP, SPACING);
    return scale(top) > scale(right) ? top : right;
  }

  private static double scale(Layout layout) {
    return Math.min(1, Math.min(WIDTH / (layout.width() + 2 * MARGIN), HEIGHT / (layout.height() + 2 * MARGIN)));
  }

  private Size size(Node node) {
    int letters = Math.max(name(node).length(), definition(node).length());
    double cells = width(plan(node, true)) + width(plan(node, false));
    return new Size(Math.max(letters * LETTER + 14, cells), (definition(node).isEmpty() ? 1 : 2) * LINE + 8 + CELL);
  }

  private @Nullable Quantity plan(Node node, boolean isValue) {
    return node.isTuple() ? null : isValue ? plan.value(node) : plan.gradient(node);
  }

  /// The room for a number, which is the same on the sheet and on the answers.
  private double width(@Nullable Quantity quantity) {
    return Math.max(36, Math.max(text(quantity, false).length(), text(quantity, true).length()) * LETTER + 10);
  }

  private static String shortened(String text) {
    return text.length() <= MOST_LETTERS ? text : text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, MOST_LETTERS - 1))) + "…";
  }

  private String name(Node node) {
    return shortened(Words.visible(narration.label(node)));
  }

  private String definition(Node node) {
    return node.operands().isEmpty() ? "" : shortened(Words.dotted(narration.definition(node)).replace(" · ", "·"));
  }

  /// A number, or that of the blank it belongs to; tensors stand in the tables alone.
  private static String text(@Nullable Quantity quantity, boolean isFilled) {
    return quantity == null ? "–"
        : quantity.isBlank() && (!isFilled || quantity.value().rank() > 0) ? "(" + quantity.number() + ")"
        : quantity.value().rank() > 0 ? quantity.value().shape().toString()
        : Figures.text(quantity.value().toDoubles()[0]).replace("≈ ", "");
  }

  private void link(List<Point> route) {
    svg.append("<path class=\"link\" marker-end=\"url(#head)\" d=\"");
    for (int i = 0; i < route.size(); i++) {
      svg.append(i == 0 ? "M" : "L").append(number(route.get(i).x())).append(' ').append(number(route.get(i).y()));
    }
    svg.append("\"/>\n");
  }

  private void box(Node node, Box box) {
    double top = box.bottom() - CELL;
    double value = width(plan(node, true));
    double gradient = width(plan(node, false));
    double cut = box.x() + value * box.width() / (value + gradient);
    svg.append("<g class=\"").append(node.operands().isEmpty() ? "leaf" : "node").append("\"><rect x=\"").append(number(box.x())).append("\" y=\"").append(number(box.y()));
    svg.append("\" width=\"").append(number(box.width())).append("\" height=\"").append(number(box.height())).append("\" rx=\"4\"/>");
    svg.append("<path d=\"M").append(number(box.x())).append(' ').append(number(top)).append('H').append(number(box.right()));
    svg.append('M').append(number(cut)).append(' ').append(number(top)).append('V').append(number(box.bottom())).append("\"/>");
    text("name", box.centerX(), box.y() + LINE, name(node));
    if (!definition(node).isEmpty()) {
      text("definition", box.centerX(), box.y() + 2 * LINE, definition(node));
    }
    cell(plan(node, true), (box.x() + cut) / 2, box.bottom());
    cell(plan(node, false), (cut + box.right()) / 2, box.bottom());
    svg.append("</g>\n");
  }

  private void cell(@Nullable Quantity quantity, double x, double bottom) {
    boolean isBlank = quantity != null && quantity.isBlank();
    text(!isBlank ? "cell" : isFilled ? "cell filled" : "cell blank", x, bottom - 6.5, text(quantity, isFilled));
  }

  private void text(String kind, double x, double y, String text) {
    svg.append("<text class=\"").append(kind).append("\" x=\"").append(number(x)).append("\" y=\"").append(number(y)).append("\">").append(withIndices(text)).append("</text>");
  }

  /// The text with the digits of `x1` set lower; what comes after them is raised again by a space without width.
  private static String withIndices(String text) {
    return INDEX.matcher(HtmlSheet.escaped(text)).replaceAll("$1<tspan class=\"index\" dy=\"3\">$2</tspan><tspan dy=\"-3\">\u200b</tspan>");
  }

  private static String number(double x) {
    double rounded = Math.round(x * 10) / 10.0;
    return rounded == Math.rint(rounded) ? String.valueOf((long) rounded) : String.valueOf(rounded);
  }
}
