package dev.gradus.teach.worksheet;

import com.google.common.collect.ImmutableList;
import dev.gradus.GradusException;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Node;
import dev.gradus.teach.replay.Replay;
import dev.gradus.teach.replay.Sentences;
import dev.gradus.teach.replay.Share;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a worksheet shows, in the order of the lecture's algorithm, with its blanks numbered in that order.
final class Plan {
  private static final int MOST_ELEMENTS = 16;

  private final Replay replay;
  private final Settings settings;
  private final List<Node> leaves = new ArrayList<>();
  private final List<Node> computed = new ArrayList<>();
  private final List<Sum> sums = new ArrayList<>();
  private final Map<Node, Quantity> values = new HashMap<>();
  private final Map<Node, Quantity> gradients = new HashMap<>();
  private int blanks;

  /// The sum over Γ(u).
  ///
  /// @param u the node
  /// @param terms its terms
  /// @param gradient ∂L/∂u; where there is one term this is the term
  record Sum(Node u, ImmutableList<Term> terms, Quantity gradient) {}

  /// One term.
  ///
  /// @param share what it is
  /// @param upstream ∂L/∂v; null where v has several results
  /// @param local ∂v/∂u; null where v is not elementwise
  /// @param product the term
  record Term(Share share, @Nullable Quantity upstream, @Nullable Quantity local, Quantity product) {}

  Plan(Replay replay, Settings settings) {
    this.replay = replay;
    this.settings = settings;
    replay.order().forEach(node -> node.results().forEach(this::requireSmall));
    for (Node u : replay.order()) {
      if (!u.isTuple()) {
        boolean isLeaf = u.operands().isEmpty();
        (isLeaf ? leaves : computed).add(u);
        values.put(u, quantity(replay.values().of(u), !isLeaf && settings.blanks().contains(Blank.VALUES)));
      }
    }
    for (Node u : replay.order().reversed()) {
      Node gradient = replay.gradient(u);
      if (u == replay.result() && gradient != null) {
        gradients.put(u, quantity(replay.values().of(gradient), false));
      } else if (gradient != null && !(u instanceof Constant)) {
        add(u, replay.values().of(gradient));
      }
    }
  }

  private void requireSmall(Node node) {
    if (node.shape().size() > MOST_ELEMENTS || node.shape().size() == 0) {
      throw new GradusException(
          "worksheet",
          "every node must have 1 to " + MOST_ELEMENTS + " elements, so that they can be written by hand",
          replay.labels().of(node) + " of shape " + node.shape(),
          "choose smaller tensors");
    }
  }

  private Quantity quantity(Tensor value, boolean isBlank) {
    return new Quantity(value, isBlank ? ++blanks : 0);
  }

  private void add(Node u, Tensor gradient) {
    boolean isAlone = replay.shares(u).size() == 1;
    boolean hidesSum = settings.blanks().contains(Blank.SUMS);
    boolean hidesTerm = settings.blanks().contains(Blank.TERMS) || (isAlone && hidesSum);
    List<Term> terms = new ArrayList<>();
    for (Share share : replay.shares(u)) {
      Node local = share.term().local();
      Quantity factor = local == null ? null : quantity(replay.values().of(local), settings.blanks().contains(Blank.LOCALS));
      Quantity product = quantity(replay.values().of(share.term().product()), hidesTerm);
      Node v = share.term().use().user();
      terms.add(new Term(share, v.isTuple() ? null : gradients.get(v), factor, product));
    }
    Quantity sum = isAlone ? terms.getFirst().product() : quantity(gradient, hidesSum);
    gradients.put(u, sum);
    sums.add(new Sum(u, ImmutableList.copyOf(terms), sum));
  }

  Replay replay() {
    return replay;
  }

  /// The leaves, whose values are given.
  List<Node> leaves() {
    return leaves;
  }

  /// The nodes that are computed, in order.
  List<Node> computed() {
    return computed;
  }

  /// The sums from the top down, but for that of the result.
  List<Sum> sums() {
    return sums;
  }

  /// The value of a node that is no tuple.
  Quantity value(Node u) {
    return Objects.requireNonNull(values.get(u));
  }

  /// ∂L/∂u, or null where the sheet has none.
  @Nullable Quantity gradient(Node u) {
    return gradients.get(u);
  }

  /// What is to be done, by the key of its sentence, and what is odd about the numbers.
  String task(String key, Sentences sentences) {
    String task = sentences.say(key, Map.of("count", String.valueOf(blanks)));
    boolean isFinite = quantities().allMatch(quantity -> Arrays.stream(quantity.value().toDoubles()).allMatch(Double::isFinite));
    return isFinite ? task : task + " " + sentences.say("worksheet.infinite");
  }

  /// How many blanks there are.
  int blanks() {
    return blanks;
  }

  /// Every number once.
  Stream<Quantity> quantities() {
    return Stream.concat(
        values.values().stream(),
        sums.stream().flatMap(sum -> Stream.concat(
            sum.terms().stream().flatMap(term -> Stream.of(term.local(), term.product()).filter(Objects::nonNull)),
            sum.terms().size() == 1 ? Stream.of() : Stream.of(sum.gradient()))));
  }
}
