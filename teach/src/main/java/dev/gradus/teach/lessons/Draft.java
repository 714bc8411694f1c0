package dev.gradus.teach.lessons;

import com.google.common.collect.Iterables;
import dev.gradus.diff.Backward;
import dev.gradus.formula.Formula;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Input;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.run.Interpreter;
import dev.gradus.teach.Lesson;
import dev.gradus.teach.page.Source;
import dev.gradus.teach.replay.Step;
import dev.gradus.tensor.Tensor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A graph written as a formula over leaves with values, on the way to a lesson that shows the line of each node.
final class Draft {
  private final String text;
  private final Map<String, Node> leaves = new LinkedHashMap<>();
  private final Map<Node, Tensor> values = new HashMap<>();

  private Draft(String text) {
    this.text = text;
  }

  /// A formula whose last line is the result.
  static Draft of(String text) {
    return new Draft(text.strip());
  }

  /// A leaf that is learned, and where it starts: a number or nested lists of numbers.
  Draft learned(String name, String start) {
    return learned(name, Formula.value(start));
  }

  /// A leaf that is learned, and where it starts.
  Draft learned(String name, Tensor start) {
    leaves.put(name, Parameter.of(name, start));
    return this;
  }

  /// A leaf that is given: a number or nested lists of numbers.
  Draft given(String name, String value) {
    return given(name, Formula.value(value));
  }

  /// A leaf that is given.
  Draft given(String name, Tensor value) {
    Node input = Input.of(name, value.dtype(), value.shape());
    leaves.put(name, input);
    values.put(input, value);
    return this;
  }

  /// The graph, run and differentiated.
  Built build() {
    Formula.Bound graph = Formula.parse(text).bind(leaves);
    Node result = graph.result();
    Lesson lesson = Lesson.of(result, Backward.from(result), Interpreter.run(List.of(result), values));
    return new Built(lesson.from(Source.of("formula", text)), graph);
  }

  /// A lesson that has no words yet, and the names of its nodes.
  ///
  /// @param lesson the lesson
  /// @param graph its nodes
  record Built(Lesson lesson, Formula.Bound graph) {
    Node node(String name) {
      return graph.node(name);
    }

    /// The step of a kind that is about a node.
    int step(Step.Kind kind, String name) {
      Node u = node(name);
      return Iterables.indexOf(lesson.steps(), step -> step.kind() == kind && step.u() == u);
    }

    /// A part of the formula over the same leaves, but for those that are replaced.
    Node again(String part, Map<String, Tensor> replaced) {
      Formula formula = Formula.parse(part);
      Map<String, Node> leaves = new HashMap<>();
      for (String name : formula.names()) {
        Tensor value = replaced.get(name);
        leaves.put(name, value == null ? node(name) : Constant.of(value));
      }
      return formula.bind(leaves).result();
    }
  }
}
