package dev.gradus.teach.picture;

import dev.gradus.teach.layout.Box;
import dev.gradus.teach.layout.Point;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// What pictures are made of.
sealed interface Mark {

  /// A box.
  ///
  /// @param box where it stands
  /// @param corner the radius of its corners
  /// @param fill the colour inside
  /// @param line the colour of its border
  /// @param thickness the width of its border
  record Panel(Box box, double corner, Ink fill, Ink line, double thickness) implements Mark {}

  /// A curved line with a head at its end.
  ///
  /// @param curve where a Bézier curve of third degree begins, and three points for each of its pieces; it ends inside the head
  /// @param head the three corners of the head, its tip first
  /// @param ink its colour
  /// @param dashed whether the line is dashed
  record Arrow(List<Point> curve, List<Point> head, Ink ink, boolean dashed) implements Mark {
    static final double THICKNESS = 1.4;
    static final double DASH = 6;
    static final double GAP = 4;

    private static final double HEAD = 9;
    private static final double HALF_WIDTH = 4;

    /// How far an arrow runs straight out of a box and into one.
    private static final double STRAIGHT = 9;

    /// How much sooner or later of two lines side by side the one turns, so that they do not meet where they go sideways.
    private static final double TURN = 3.5;

    /// An arrow along a route that leaves and meets boxes straight.
    ///
    /// @param route at least two points, from an operand to its user
    /// @param by how far it is moved to the side
    /// @param horizontal whether straight means sideways
    /// @param backwards whether it leads from the user to the operand
    static Arrow along(List<Point> route, double by, boolean horizontal, Ink ink, boolean backwards) {
      // Along and across the way that the picture reads, whichever it is.
      List<Point> way = route.stream()
          .map(point -> horizontal ? new Point(point.x(), point.y() + by) : new Point(point.y(), point.x() + by))
          .toList();
      List<Point> curve = new ArrayList<>();
      curve.add(way.getFirst());
      for (int i = 1; i < way.size(); i++) {
        bend(curve, way.get(i - 1), way.get(i), by);
      }
      if (backwards) {
        Collections.reverse(curve);
      }
      Point tip = curve.getLast();
      double ahead = Math.signum(tip.x() - curve.get(curve.size() - 4).x());
      curve.set(curve.size() - 1, new Point(tip.x() - ahead * (STRAIGHT - TURN), tip.y()));
      double back = tip.x() - ahead * HEAD;
      List<Point> head = List.of(tip, new Point(back, tip.y() - HALF_WIDTH), new Point(back, tip.y() + HALF_WIDTH));
      return new Arrow(turned(curve, horizontal), turned(head, horizontal), ink, backwards);
    }

    /// Adds a straight piece, a bend and a straight piece.
    private static void bend(List<Point> curve, Point from, Point to, double by) {
      double length = to.x() - from.x();
      double aside = to.y() - from.y();
      double straight = Math.copySign(Math.min(STRAIGHT, Math.abs(length) / 4), length);
      double slant = aside == 0 ? 0 : Math.abs(aside) / (Math.abs(aside) + Math.abs(length));
      double later = -Math.signum(aside) * Math.signum(by) * slant * straight * TURN / STRAIGHT;
      Point first = new Point(from.x() + straight + later, from.y());
      Point last = new Point(to.x() - straight + later, to.y());
      double middle = (first.x() + last.x()) / 2;
      line(curve, from, first);
      curve.add(new Point(middle, first.y()));
      curve.add(new Point(middle, last.y()));
      curve.add(last);
      line(curve, last, to);
    }

    private static void line(List<Point> curve, Point from, Point to) {
      curve.add(from);
      curve.add(to);
      curve.add(to);
    }

    private static List<Point> turned(List<Point> points, boolean horizontal) {
      return points.stream().map(point -> horizontal ? point : new Point(point.y(), point.x())).toList();
    }
  }

  /// A line of text.
  ///
  /// @param x where it begins, ends or has its middle
  /// @param y its baseline
  /// @param text what it says
  /// @param face how it looks
  /// @param ink its colour
  /// @param anchor what x is
  record Words(double x, double y, String text, Typeface face, Ink ink, Anchor anchor) implements Mark {}

  /// Where a text stands, seen from its x.
  enum Anchor {
    /// It begins there.
    START,
    /// Its middle is there.
    MIDDLE,
    /// It ends there.
    END
  }
}
