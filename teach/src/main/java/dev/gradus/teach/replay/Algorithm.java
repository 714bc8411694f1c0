package dev.gradus.teach.replay;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The lines of the lecture's algorithm, in order, each with the kind of [Step] that carries it out.
public enum Algorithm {
  /// The value of every node.
  FORWARD("algorithm.forward", 0, Step.Kind.FORWARD),
  /// Where the gradients start.
  SEED("algorithm.seed", 0, Step.Kind.SEED),
  /// Every node but the result, users first.
  OPEN("algorithm.open", 0, Step.Kind.OPEN),
  /// Every use of it.
  TERM_LOOP("algorithm.term", 1, null),
  /// What one use adds.
  TERM("algorithm.term.add", 2, Step.Kind.TERM),
  /// The sum is complete.
  CLOSE("algorithm.close", 1, Step.Kind.CLOSE),
  /// The end.
  PARAMETERS("algorithm.parameters", 0, Step.Kind.PARAMETERS);

  private final String key;
  private final int depth;
  private final Step.@Nullable Kind kind;

  Algorithm(String key, int depth, Step.@Nullable Kind kind) {
    this.key = key;
    this.depth = depth;
    this.kind = kind;
  }

  /// How many loops it stands in.
  public int depth() {
    return depth;
  }

  /// Whether this line is what happens in a step of that kind.
  public boolean isCurrent(Step.Kind now) {
    return now == kind;
  }

  /// The line in words and symbols, without indentation.
  ///
  /// @param result what the result is called
  public String text(Sentences sentences, String result) {
    return sentences.say(key, Map.of("L", result));
  }
}
