package dev.gradus.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One result of an [Apply] that has several.
public final class Projection extends Node {
  private final Apply tuple;
  private final int index;
  private final TensorType type;

  Projection(@Nullable String name, Apply tuple, int index, TensorType type) {
    super(name, tuple.sourceLine());
    this.tuple = tuple;
    this.index = index;
    this.type = type;
  }

  /// The application this is a result of.
  public Apply tuple() {
    return tuple;
  }

  /// Which of its results, from 0.
  public int index() {
    return index;
  }

  @Override
  public TensorType type() {
    return type;
  }

  @Override
  public List<Node> operands() {
    return List.of(tuple);
  }

  @Override
  public String kind() {
    return tuple.kind() + "[" + index + "]";
  }

  @Override
  Node renamed(String fullName) {
    return new Projection(fullName, tuple, index, type);
  }
}
