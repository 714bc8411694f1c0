package dev.gradus.teach.terminal;

import dev.gradus.graph.Node;
import dev.gradus.show.Numbers;
import dev.gradus.teach.replay.Narration;
import dev.gradus.teach.replay.Sentences;
import dev.gradus.tensor.Tensor;
import java.util.Map;

/// The texts in the cells of tables: numbers as far as they are known, and signs for what is not.
final class Cells {
  private static final int[] DIGITS = {Narration.DIGITS, 5, 4, 3};

  private final Walk walk;
  private final Sentences sentences;

  Cells(Walk walk, Sentences sentences) {
    this.walk = walk;
    this.sentences = sentences;
  }

  /// The value of u at a step.
  String value(Node u, int at, int width) {
    if (!walk.isValueKnown(u, at)) {
      return unknown();
    }
    return u.isTuple() ? sentences.say("terminal.tuple") : number(u, width);
  }

  /// ∂L/∂u at a step; a sum that still grows is told as such and not as a number.
  String gradient(Node u, int at, int width) {
    Integer summed = walk.summed(u, at);
    if (summed != null) {
      String count = String.valueOf(walk.replay().shares(u).size());
      return sentences.say("terminal.summing", Map.of("i", String.valueOf(summed), "count", count));
    }
    return u.isTuple() ? sentences.say("terminal.tuple") : upstream(u, at, width);
  }

  /// ∂L/∂v at a step, for a term that needs it.
  String upstream(Node v, int at, int width) {
    if (walk.isGradientMissing(v, at)) {
      return sentences.say("terminal.none");
    }
    Node gradient = walk.replay().gradient(v);
    if (!walk.isGradientKnown(v, at)) {
      return unknown();
    }
    return gradient == null ? sentences.say("terminal.parts") : number(gradient, width);
  }

  /// What is not computed yet.
  String unknown() {
    return sentences.say("terminal.unknown");
  }

  /// A value with as many digits as there is room for; a tensor that is too long by its type.
  String number(Node node, int width) {
    Tensor value = walk.replay().values().of(node);
    String text = "";
    for (int digits : DIGITS) {
      text = Numbers.text(value, value.rank() == 0 ? digits : Math.min(digits, 4)).replaceAll("\\s+", " ").replace("[ ", "[");
      if (text.length() <= width) {
        return text;
      }
    }
    return value.rank() == 0 ? text : value.dtype() + value.shape().toString();
  }
}
