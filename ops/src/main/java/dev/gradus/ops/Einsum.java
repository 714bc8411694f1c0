package dev.gradus.ops;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import dev.gradus.GradusException;
import dev.gradus.graph.Cast;
import dev.gradus.graph.Composite;
import dev.gradus.graph.Contract;
import dev.gradus.graph.Node;
import dev.gradus.graph.Typing;
import dev.gradus.graph.View;
import dev.gradus.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Einstein's sum, as `numpy.einsum` reads it: each axis of an operand carries a letter, axes with the same letter run
/// together, and letters that the result lacks are summed over. `...` stands for axes without a letter, which are broadcast.
/// Without an arrow the result has the letters that occur once, in alphabetical order, after those of `...`.
///
/// A letter that stands twice in an operand takes its diagonal; one that stands nowhere else is summed first; then operands
/// are contracted from left to right.
///
/// @param equation the letters, as in `ij,jk->ik`
record Einsum(String equation) implements Composite {
  private static final String ELLIPSIS = "...";
  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final CharMatcher LETTER = CharMatcher.anyOf(LETTERS);

  /// An operand whose axes carry letters.
  private record Lettered(Node node, String word) {}

  @Override
  public String name() {
    return "einsum";
  }

  private GradusException invalid(String rule) {
    return new GradusException("einsum", rule, "\"" + equation + "\"", "write it as in ij,jk->ik");
  }

  @Override
  public List<Node> expand(List<Node> x) {
    Typing.Rule.NUMERIC.result("einsum", x.stream().map(Node::type).toList());
    String text = CharMatcher.whitespace().removeFrom(equation);
    int arrow = text.indexOf("->");
    List<String> words = Splitter.on(',').splitToList(arrow < 0 ? text : text.substring(0, arrow));
    if (words.size() != x.size()) {
      throw invalid("there must be one word for each of " + x.size() + " operands");
    }
    words.forEach(this::requireWord);
    String free = freeLetters(x, words);
    String result = arrow < 0 ? implicit(words) : text.substring(arrow + 2);
    requireWord(result);
    String target = result.replace(ELLIPSIS, free);
    List<Lettered> operands = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      operands.add(lettered(x.get(i), words.get(i), free));
    }
    operands = withoutBroadcastAxes(operands, free);
    requireSizes(operands);
    requireResult(target, operands);
    return List.of(contracted(operands.stream().map(Einsum::diagonal).toList(), target));
  }

  private void requireWord(String word) {
    String letters = word.replace(ELLIPSIS, "");
    boolean once = word.length() - letters.length() <= ELLIPSIS.length();
    if (!once || !LETTER.matchesAllOf(letters)) {
      throw invalid("a word must be letters and at most one ...");
    }
  }

  /// Letters for the axes of the longest `...`, none of which the equation uses.
  private String freeLetters(List<Node> x, List<String> words) {
    int longest = 0;
    for (int i = 0; i < words.size(); i++) {
      longest = Math.max(longest, spare(x.get(i), words.get(i)));
    }
    String unused = CharMatcher.anyOf(equation).removeFrom(LETTERS);
    if (longest > unused.length()) {
      throw invalid("there must be letters left for " + longest + " axes of ...");
    }
    return unused.substring(0, longest);
  }

  /// How many axes `...` stands for.
  private static int spare(Node x, String word) {
    int spare = x.shape().rank() - word.replace(ELLIPSIS, "").length();
    if (spare < 0 || (spare > 0 && !word.contains(ELLIPSIS))) {
      throw new GradusException(
          "einsum", "an operand has one letter for each axis", x.shape() + " for \"" + word + "\"", "check the equation");
    }
    return spare;
  }

  private static String implicit(List<String> words) {
    String all = String.join("", words).replace(ELLIPSIS, "");
    StringBuilder once = new StringBuilder(words.stream().anyMatch(word -> word.contains(ELLIPSIS)) ? ELLIPSIS : "");
    all.chars().sorted().filter(letter -> all.indexOf(letter) == all.lastIndexOf(letter)).forEach(once::appendCodePoint);
    return once.toString();
  }

  private static Lettered lettered(Node x, String word, String free) {
    return new Lettered(x, word.replace(ELLIPSIS, free.substring(free.length() - spare(x, word))));
  }

  /// An axis of `...` that has size 1 where another operand's is longer is repeated: it has no say in the sum and is left out.
  private static List<Lettered> withoutBroadcastAxes(List<Lettered> operands, String free) {
    Map<Character, Integer> longest = new HashMap<>();
    for (Lettered operand : operands) {
      for (int axis = 0; axis < operand.word.length(); axis++) {
        longest.merge(operand.word.charAt(axis), operand.node.shape().dim(axis), (a, b) -> a == 1 ? b : a);
      }
    }
    List<Lettered> all = new ArrayList<>();
    for (Lettered operand : operands) {
      List<Integer> repeated = new ArrayList<>();
      StringBuilder word = new StringBuilder();
      for (int axis = 0; axis < operand.word.length(); axis++) {
        char letter = operand.word.charAt(axis);
        boolean isRepeated = free.indexOf(letter) >= 0 && operand.node.shape().dim(axis) == 1 && longest.getOrDefault(letter, 1) != 1;
        if (isRepeated) {
          repeated.add(axis);
        } else {
          word.append(letter);
        }
      }
      Node node = View.reshape(operand.node, Axes.without(operand.node.shape(), repeated));
      all.add(new Lettered(node, word.toString()));
    }
    return all;
  }

  private static void requireSizes(List<Lettered> operands) {
    Map<Character, Integer> sizes = new HashMap<>();
    for (Lettered operand : operands) {
      for (int axis = 0; axis < operand.word.length(); axis++) {
        char letter = operand.word.charAt(axis);
        int size = operand.node.shape().dim(axis);
        int first = sizes.merge(letter, size, (known, _) -> known);
        if (first != size) {
          throw new GradusException(
              "einsum", "axes of one letter must have one size", first + " and " + size + " for " + letter, "check the shapes");
        }
      }
    }
  }

  private void requireResult(String target, List<Lettered> operands) {
    boolean known = target.chars().allMatch(letter -> operands.stream().anyMatch(x -> x.word.indexOf(letter) >= 0));
    if (!known || target.chars().distinct().count() != target.length()) {
      throw invalid("each letter of the result must stand in an operand, and once in the result");
    }
  }

  /// The operand with each letter once: of axes that share one, the diagonal, which becomes the last axis.
  private static Lettered diagonal(Lettered x) {
    Node node = x.node;
    String word = x.word;
    for (int axis = repeated(word); axis >= 0; axis = repeated(word)) {
      char letter = word.charAt(axis);
      int twin = word.indexOf(letter, axis + 1);
      node = diagonal(node, axis, twin);
      word = new StringBuilder(word).deleteCharAt(twin).deleteCharAt(axis).append(letter).toString();
    }
    return new Lettered(node, word);
  }

  /// The first axis whose letter another axis has too, or -1.
  private static int repeated(String word) {
    return IntStream.range(0, word.length()).filter(axis -> word.indexOf(word.charAt(axis), axis + 1) >= 0).findFirst().orElse(-1);
  }

  /// The elements at which two axes of one size have equal indices; they become the last axis. In row-major order they are
  /// n + 1 apart.
  private static Node diagonal(Node x, int axis, int twin) {
    int rank = x.shape().rank();
    int size = x.shape().dim(axis);
    int[] others = IntStream.range(0, rank).filter(i -> i != axis && i != twin).toArray();
    int[] order = IntStream.concat(IntStream.of(others), IntStream.of(axis, twin)).toArray();
    int[] flat = IntStream.concat(IntStream.of(others).map(x.shape()::dim), IntStream.of(size * size)).toArray();
    Node matrices = View.reshape(View.permute(x, order), Shape.of(flat));
    return View.along(matrices, rank - 2, 0, size * size, size + 1);
  }

  private static Node contracted(List<Lettered> operands, String target) {
    Lettered left = summed(operands, 0, target);
    for (int i = 1; i < operands.size(); i++) {
      Lettered right = summed(operands, i, target);
      String later = target + words(operands.subList(i + 1, operands.size()));
      String both = left.word + CharMatcher.anyOf(left.word).removeFrom(right.word);
      String kept = i == operands.size() - 1 ? target : CharMatcher.anyOf(later).retainFrom(both);
      left = new Lettered(new Contract(left.word + "," + right.word + "->" + kept).of(left.node, right.node), kept);
    }
    String word = left.word;
    return View.permute(left.node, target.chars().map(word::indexOf).toArray());
  }

  private static String words(List<Lettered> operands) {
    return String.join("", operands.stream().map(Lettered::word).toList());
  }

  /// Operand `i` summed over the letters that stand nowhere else.
  private static Lettered summed(List<Lettered> operands, int i, String target) {
    Lettered x = operands.get(i);
    String elsewhere = target + words(operands.subList(0, i)) + words(operands.subList(i + 1, operands.size()));
    List<Integer> axes =
        IntStream.range(0, x.word.length()).filter(axis -> elsewhere.indexOf(x.word.charAt(axis)) < 0).boxed().toList();
    if (axes.isEmpty()) {
      return x;
    }
    Node sum = Axes.sum(x.node, axes, false);
    Node typed = sum.dtype() == x.node.dtype() ? sum : new Cast(x.node.dtype()).of(sum);
    return new Lettered(typed, CharMatcher.anyOf(elsewhere).retainFrom(x.word));
  }
}
