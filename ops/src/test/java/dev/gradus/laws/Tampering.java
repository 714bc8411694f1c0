package dev.gradus.laws;

import dev.gradus.graph.Node;
import java.util.List;
import java.util.function.Function;

/// What happens to the ops of a program before they are applied: nothing, unless a test plants a bug.
@FunctionalInterface
interface Tampering {
  /// Every op as it is.
  Tampering NONE = (op, make) -> make;

  /// `make`, or a twin of it.
  Function<List<Node>, List<Node>> apply(String op, Function<List<Node>, List<Node>> make);
}
