package dev.gradus.ops;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Ordering;
import dev.gradus.GradusException;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Composite;
import dev.gradus.graph.Concat;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Node;
import dev.gradus.graph.View;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A tensor cut along an axis; as many results as parts.
///
/// @param axis the axis, from 0
/// @param points where the second part begins, the third, ...; a part that would end before it begins is empty
record Split(int axis, List<Integer> points) implements Composite {
  /// Copies the list.
  Split {
    points = ImmutableList.copyOf(points);
  }

  static Apply equally(Node x, int axis, int parts) {
    int from0 = x.shape().axis("split", axis);
    int length = x.shape().dim(from0);
    if (parts < 1 || length % parts != 0) {
      throw new GradusException(
          "split", "the parts must divide the axis", length + " elements into " + parts, "give split points as a list");
    }
    List<Integer> points = new ArrayList<>();
    for (int i = 1; i < parts; i++) {
      points.add(i * (length / parts));
    }
    return new Split(from0, points).of(x);
  }

  /// Points are read as Python reads the bounds of a slice.
  static Apply at(Node x, int axis, int... points) {
    int from0 = x.shape().axis("split", axis);
    int length = x.shape().dim(from0);
    List<Integer> inside = new ArrayList<>();
    for (int point : points) {
      inside.add(Math.clamp(point < 0 ? point + length : point, 0, length));
    }
    return new Split(from0, inside).of(x);
  }

  @Override
  public String name() {
    return "split";
  }

  @Override
  public List<Node> expand(List<Node> x) {
    List<Node> parts = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= points.size(); i++) {
      int to = i < points.size() ? points.get(i) : x.getFirst().shape().dim(axis);
      parts.add(View.along(x.getFirst(), axis, from, Math.max(from, to), 1));
      from = to;
    }
    return parts;
  }

  /// The parts of g joined again: in one pass, where the expansion would pad each of them to the whole and add them up.
  /// Parts that overlap, or leave something out, are left to the expansion.
  @Override
  public @Nullable List<@Nullable Node> pullback(Apply out, List<@Nullable Node> g) {
    if (!Ordering.natural().isOrdered(points)) {
      return null;
    }
    List<Node> parts = new ArrayList<>();
    for (int i = 0; i < g.size(); i++) {
      Node part = g.get(i);
      parts.add(part == null ? Constant.filled(out.types().get(i), 0) : part);
    }
    return Collections.singletonList(Apply.of(new Concat(axis), parts));
  }

  @Override
  public String rule(Apply out, int slot) {
    return "the parts of g joined along axis " + axis;
  }
}
