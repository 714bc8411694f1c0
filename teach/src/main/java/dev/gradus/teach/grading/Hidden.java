package dev.gradus.teach.grading;

import dev.gradus.graph.Node;
import dev.gradus.run.Values;
import dev.gradus.teach.replay.Mistakes;
import dev.gradus.teach.replay.Replay;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A mistake with a number that was not given: one that was made with ∂L/∂w there, and carried down from it, can explain several
/// wrong numbers at once.
final class Hidden {
  private static final int MOST_NODES = 60;

  private final Replay replay;
  private final Map<Node, Tensor> values;
  private final Map<Node, Tensor> given;
  private final Carried usual;
  private final Blame blame;

  Hidden(Replay replay, Map<Node, Tensor> values, Map<Node, Tensor> given, Carried usual, Blame blame) {
    this.replay = replay;
    this.values = values;
    this.given = given;
    this.usual = usual;
    this.blame = blame;
  }

  /// A mistake made with one node.
  private record Guess(Node node, Finding finding, List<Mark> explained) {}

  /// The marks, with wrong numbers that a hidden mistake explains as following from it. One wrong number with a known mistake of
  /// its own needs no other explanation.
  List<Mark> explained(List<Mark> marks) {
    List<Mark> wrong = marks.stream().filter(mark -> mark.verdict() == Verdict.WRONG).toList();
    List<Node> hidden = marks.stream().filter(mark -> mark.verdict() == Verdict.MISSING).map(Mark::node).toList();
    boolean isClear = wrong.size() == 1 && wrong.getFirst().finding() != null;
    if (wrong.isEmpty() || isClear || hidden.isEmpty() || hidden.size() > MOST_NODES) {
      return marks;
    }
    Guess best = best(wrong, hidden);
    if (best == null) {
      return marks;
    }
    List<Mark> all = new ArrayList<>();
    for (Mark mark : marks) {
      all.add(
          mark.node() == best.node ? mark.as(Verdict.MISSING, best.finding)
          : best.explained.contains(mark) ? mark.as(Verdict.FOLLOWS, null)
          : mark);
    }
    return all;
  }

  private @Nullable Guess best(List<Mark> wrong, List<Node> hidden) {
    Guess best = null;
    for (Node w : hidden) {
      Guess guess = best(wrong, w);
      if (guess != null && (best == null || guess.explained.size() >= best.explained.size())) {
        best = guess;
      }
    }
    boolean isBetter = best != null && (best.explained.size() > 1 || best.explained.getFirst().finding() == null);
    return isBetter ? best : null;
  }

  private @Nullable Guess best(List<Mark> wrong, Node w) {
    List<Mistakes.Wrong> wrongs = Mistakes.gradients(usual.shares(w));
    Values run = Blame.run(wrongs);
    Guess best = null;
    for (Mistakes.Wrong mistake : wrongs) {
      Tensor number = run.of(mistake.node());
      if (!number.shape().equals(w.shape())) {
        continue;
      }
      Map<Node, Tensor> numbers = new HashMap<>(given);
      numbers.put(w, number);
      Carried carried = new Carried(replay, values, numbers);
      List<Mark> explained = wrong.stream()
          .filter(mark -> blame.close(Objects.requireNonNull(mark.given()), carried.expectedGradient(mark.node())))
          .toList();
      if (!explained.isEmpty() && (best == null || explained.size() > best.explained.size())) {
        best = new Guess(w, blame.finding(mistake, w).with("explained", names(explained)), explained);
      }
    }
    return best;
  }

  private static String names(List<Mark> marks) {
    return String.join(", ", marks.stream().map(Mark::label).toList());
  }
}
