package dev.gradus.teach.picture;

import dev.gradus.teach.layout.Box;
import dev.gradus.teach.layout.Direction;
import dev.gradus.teach.layout.Layout;
import dev.gradus.teach.layout.Member;
import dev.gradus.teach.layout.Point;
import dev.gradus.teach.layout.Size;
import dev.gradus.teach.picture.Mark.Anchor;
import dev.gradus.teach.picture.Picture.Piece;
import dev.gradus.teach.replay.Narration;
import dev.gradus.teach.replay.Sentences;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Draws a [Scene]: boxes at the places that the layout finds, links along its routes, and a legend.
final class Draughtsman {
  private static final double MARGIN = 16;
  private static final double PADDING = 10;
  private static final double LEAST_WIDTH = 124;
  private static final double MOST_WIDTH = 230;
  private static final double HEIGHT = 72;
  private static final double TUPLE_HEIGHT = 30;
  private static final double GROUP_HEIGHT = 52;
  private static final double MOST_PARTIAL = 84;

  /// How far the boxes of a stack stand apart.
  private static final double STACK = 5;

  /// Forward and backward links go side by side.
  private static final double FORWARD_SHIFT = -4;
  private static final double BACKWARD_SHIFT = 5;

  private static final double LEGEND_LINE = 38;
  private static final double LEGEND_HEIGHT = 26;

  private final Narration narration;
  private final Direction direction;
  private final Scene scene;
  private final Sentences sentences;
  private final List<Caption> captions;
  private final boolean isShort;

  Draughtsman(Narration narration, Direction direction) {
    this.narration = narration;
    this.direction = direction;
    this.scene = new Scene(narration);
    this.sentences = narration.sentences();
    this.captions = scene.members().stream().map(scene::caption).toList();
    this.isShort = captions.stream().allMatch(caption -> Typeface.SMALL.width(caption.partial()) <= MOST_PARTIAL);
  }

  Picture draw(String title) {
    List<Scene.Line> lines = scene.lines();
    Layout layout = Layout.of(
        captions.stream().map(this::size).toList(), lines.stream().map(Scene.Line::link).toList(), direction);
    Piece legend = legend(layout.height() + 2 * MARGIN);
    double width = Math.max(layout.width(), legendWidth()) + 2 * MARGIN;
    double height = layout.height() + 2 * MARGIN + LEGEND_HEIGHT;
    List<Piece> pieces = new ArrayList<>();
    pieces.add(new Piece(Piece.Kind.GROUND, "", List.of(new Mark.Panel(new Box(0, 0, width, height), 0, Ink.PAPER, Ink.PAPER, 0))));
    pieces.add(links(lines, layout));
    for (int i = 0; i < captions.size(); i++) {
      Box box = layout.boxes().get(i);
      Box place = new Box(box.x() + MARGIN, box.y() + MARGIN, box.width(), box.height());
      Member member = scene.members().get(i);
      pieces.add(new Piece(
          member instanceof Member.Single ? Piece.Kind.NODE : Piece.Kind.GROUP, captions.get(i).spoken(), box(captions.get(i), place)));
    }
    pieces.add(legend);
    String description = sentences.say("picture.description", Map.of("count", String.valueOf(narration.replay().graph().size())))
        + " " + narration.sentence(narration.replay().steps().getLast());
    return new Picture(
        width, height, new Picture.Texts(sentences.language(), Scene.plain(title), Scene.plain(description)), pieces);
  }

  private Size size(Caption caption) {
    double first = Typeface.NAME.width(caption.name()) + Typeface.SMALL.width(caption.op()) + 2.5 * PADDING;
    double wanted =
        switch (caption.role()) {
          case GROUP -> Math.max(Typeface.NAME.width(caption.name()), Typeface.SMALL.width(caption.op())) + 2 * PADDING + 2 * STACK;
          case TUPLE -> first;
          case INPUT, PARAMETER, CONSTANT, OP -> Math.max(first, Math.max(
              chipWidth(sentences.say("page.value.short"), caption.value()), chipWidth(partial(caption), caption.gradient())));
        };
    double height =
        switch (caption.role()) {
          case GROUP -> GROUP_HEIGHT + 2 * STACK;
          case TUPLE -> TUPLE_HEIGHT;
          case INPUT, PARAMETER, CONSTANT, OP -> HEIGHT;
        };
    return new Size(Math.ceil(Math.clamp(wanted, LEAST_WIDTH, MOST_WIDTH)), height);
  }

  private static double chipWidth(String tag, String number) {
    return Typeface.SMALL.width(tag) + Typeface.NUMBER.width(number) + 3.5 * PADDING;
  }

  /// ∂L/∂u, or a word where some names are long.
  private String partial(Caption caption) {
    return isShort ? caption.partial() : sentences.say("page.gradient");
  }

  private List<Mark> box(Caption caption, Box box) {
    List<Mark> marks = new ArrayList<>();
    if (caption.role() == Caption.Role.GROUP) {
      stack(marks, caption, box);
      return marks;
    }
    marks.add(new Mark.Panel(box, caption.role().isLeaf() ? 14 : 5, caption.role().fill(), Ink.QUIET, 1.2));
    double room = box.width() - 2.5 * PADDING;
    String op = Typeface.SMALL.fitted(caption.op(), Math.max(room * 0.45, room - Typeface.NAME.width(caption.name())));
    String name = Typeface.NAME.fitted(caption.name(), room - Typeface.SMALL.width(op));
    marks.add(new Mark.Words(box.x() + PADDING, box.y() + 19, name, Typeface.NAME, Ink.BLACK, Anchor.START));
    marks.add(new Mark.Words(box.right() - PADDING, box.y() + 19, op, Typeface.SMALL, Ink.QUIET, Anchor.END));
    if (caption.role().hasNumbers()) {
      chip(marks, box, 27, sentences.say("page.value.short"), caption.value(), Ink.FORWARD_SOFT, Ink.FORWARD);
      chip(marks, box, 48, partial(caption), caption.gradient(), Ink.BACKWARD_SOFT, Ink.BACKWARD);
    }
    return marks;
  }

  private static void stack(List<Mark> marks, Caption caption, Box box) {
    double width = box.width() - 2 * STACK;
    for (int i = 2; i >= 0; i--) {
      marks.add(new Mark.Panel(
          new Box(box.x() + i * STACK, box.y() + (2 - i) * STACK, width, GROUP_HEIGHT), 5, caption.role().fill(), Ink.QUIET, 1.2));
    }
    double middle = box.x() + width / 2;
    double top = box.y() + 2 * STACK;
    double most = width - 2 * PADDING;
    marks.add(new Mark.Words(middle, top + 22, Typeface.NAME.fitted(caption.name(), most), Typeface.NAME, Ink.BLACK, Anchor.MIDDLE));
    marks.add(new Mark.Words(middle, top + 40, Typeface.SMALL.fitted(caption.op(), most), Typeface.SMALL, Ink.QUIET, Anchor.MIDDLE));
  }

  private static void chip(List<Mark> marks, Box box, double top, String tag, String number, Ink fill, Ink line) {
    marks.add(new Mark.Panel(new Box(box.x() + 6, box.y() + top, box.width() - 12, 18.5), 4, fill, line, 1));
    marks.add(new Mark.Words(box.x() + 12, box.y() + top + 13.3, tag, Typeface.SMALL, line, Anchor.START));
    double room = box.width() - 2.4 * PADDING - Typeface.SMALL.width(tag) - 6;
    marks.add(new Mark.Words(
        box.right() - 12, box.y() + top + 13.5, Typeface.NUMBER.fitted(number, room), Typeface.NUMBER, Ink.BLACK, Anchor.END));
  }

  private Piece links(List<Scene.Line> lines, Layout layout) {
    boolean horizontal = direction == Direction.RESULT_ON_RIGHT;
    List<Mark> marks = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      boolean isAnswered = lines.get(i).isAnswered();
      List<Point> route = layout.routes().get(i).stream().map(point -> new Point(point.x() + MARGIN, point.y() + MARGIN)).toList();
      marks.add(Mark.Arrow.along(route, isAnswered ? FORWARD_SHIFT : 0, horizontal, Ink.FORWARD, false));
      if (isAnswered) {
        marks.add(Mark.Arrow.along(route, BACKWARD_SHIFT, horizontal, Ink.BACKWARD, true));
      }
    }
    return new Piece(Piece.Kind.LINKS, "", marks);
  }

  private double legendWidth() {
    return 2 * (LEGEND_LINE + 8) + 24
        + Typeface.SMALL.width(sentences.say("picture.forward")) + Typeface.SMALL.width(sentences.say("picture.backward"));
  }

  private Piece legend(double top) {
    List<Mark> marks = new ArrayList<>();
    double middle = top + 2;
    double second = MARGIN + LEGEND_LINE + 8 + Typeface.SMALL.width(sentences.say("picture.forward")) + 24;
    marks.add(Mark.Arrow.along(
        List.of(new Point(MARGIN, middle), new Point(MARGIN + LEGEND_LINE, middle)), 0, true, Ink.FORWARD, false));
    legendText(marks, MARGIN, middle, "picture.forward");
    marks.add(Mark.Arrow.along(
        List.of(new Point(second, middle), new Point(second + LEGEND_LINE, middle)), 0, true, Ink.BACKWARD, true));
    legendText(marks, second, middle, "picture.backward");
    return new Piece(Piece.Kind.LEGEND, "", marks);
  }

  private void legendText(List<Mark> marks, double x, double middle, String key) {
    marks.add(new Mark.Words(x + LEGEND_LINE + 8, middle + 4, sentences.say(key), Typeface.SMALL, Ink.QUIET, Anchor.START));
  }
}
