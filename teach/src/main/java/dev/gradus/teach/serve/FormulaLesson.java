package dev.gradus.teach.serve;

import dev.gradus.GradusException;
import dev.gradus.diff.Backward;
import dev.gradus.diff.Flow;
import dev.gradus.diff.Gradients;
import dev.gradus.formula.Formula;
import dev.gradus.graph.Graph;
import dev.gradus.graph.Node;
import dev.gradus.run.Interpreter;
import dev.gradus.teach.Lesson;
import dev.gradus.teach.page.Source;
import dev.gradus.teach.replay.Sentences;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The lesson of a formula that a stranger wrote.
final class FormulaLesson {
  private static final int MOST_NODES = 20_000;
  private static final int MOST_ELEMENTS = 300_000;

  /// A gradient costs a few times what the value does.
  private static final int BACKWARD = 4;

  private static final Pattern ASSIGNMENT = Pattern.compile("(?<name>[\\p{L}_][\\p{L}\\p{N}_]*'*)\\s*=");

  private FormulaLesson() {}

  /// The lesson, run.
  ///
  /// @param formula the formula
  /// @param values `name=value` for each of its names, one after the other
  /// @param sentences the language
  /// @throws GradusException for a formula that cannot be read or is too large
  static Lesson of(String formula, String values, Sentences sentences) {
    Budget forward = new Budget(MOST_NODES, MOST_ELEMENTS);
    Node result = Formula.parse(formula).at(values(values), forward::take).result();
    Gradients gradients = Backward.from(result);
    Budget all = new Budget(BACKWARD * MOST_NODES, BACKWARD * (long) MOST_ELEMENTS);
    Graph.of(wanted(result, gradients)).nodes().forEach(all::take);
    return Lesson.of(result, gradients, Interpreter.run(result)).titled(formula.strip()).from(Source.of("formula", formula)).in(sentences);
  }

  private static List<Node> wanted(Node result, Gradients gradients) {
    List<Node> wanted = new ArrayList<>();
    wanted.add(result);
    for (Node u : gradients.graph().nodes()) {
      if (!u.isTuple() && gradients.flow(u) == Flow.FLOWS) {
        wanted.add(gradients.of(u));
      }
    }
    return wanted;
  }

  /// The values by name.
  static Map<String, Tensor> values(String text) {
    List<MatchResult> starts = ASSIGNMENT.matcher(text).results().toList();
    String before = starts.isEmpty() ? text : text.substring(0, starts.getFirst().start());
    if (!before.isBlank()) {
      throw new GradusException("values", "values must read name=value", before.strip(), "write x=2 W=[[1, 2], [3, 4]]");
    }
    List<Map.Entry<String, String>> values = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      int end = i + 1 < starts.size() ? starts.get(i + 1).start() : text.length();
      String name = starts.get(i).group("name");
      String value = text.substring(starts.get(i).end(), end).strip();
      if (value.endsWith(",") || value.endsWith(";")) {
        value = value.substring(0, value.length() - 1);
      }
      values.add(Map.entry(name, value));
    }
    return Formula.values(values);
  }
}
