package dev.gradus.teach.replay;

import dev.gradus.diff.Backward;
import dev.gradus.formula.Formula;
import dev.gradus.graph.Node;
import dev.gradus.run.Interpreter;
import dev.gradus.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Graphs that tests replay.
public final class Lessons {
  /// Graphs in which everything happens that a step can tell.
  public static final List<String[]> ALL = List.of(
      quiz(),
      new String[] {"a=x*x; a+a*sin(a)", "x=2"},
      new String[] {"mean(square(tanh(x@W+b)))", "x=[[1,2],[3,4]]", "W=[[1,0.5],[0.2,0.1]]", "b=[1,2]"},
      new String[] {"a, b = split(x, sections=2); dot(a, b) + sum(stop_gradient(c) * a)", "x=[1,2,3,4]", "c=[1,2]"},
      new String[] {"p, q, r = split(A, axis=1, sections=3); sum(p) + r[0, 0]", "A=[[2,1,4],[1,3,5]]"},
      new String[] {"sum(floor(x) * y) + sum(take(y, i, axis=0))", "x=[1.5,2.5]", "y=[1,2]", "i=[0,1,0]"},
      new String[] {"sum(log(x) * softmax(x, axis=0)) / z", "x=[0,1]", "z=0"},
      new String[] {"x", "x=3"},
      new String[] {"sum(x * y + x)", "x=2", "y=[1,2,3]"},
      new String[] {"sum(concat(x, x, y, y, x, x, x, axis=0))", "x=[1,2]", "y=[3]"},
      new String[] {"2 + 3"});

  private Lessons() {}

  /// The lecture's quiz.
  public static String[] quiz() {
    return new String[] {"sigmoid(sigmoid(x1*w1)*w2 + x2)", "x1=11", "x2=5", "w1=0", "w2=0"};
  }

  /// The replay of a formula at values.
  public static Replay replay(String... words) {
    Map<String, Tensor> values = new LinkedHashMap<>();
    for (int i = 1; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      values.put(words[i].substring(0, equals), Formula.value(words[i].substring(equals + 1)));
    }
    return replay(Formula.parse(words[0]).at(values).result());
  }

  /// The replay of a result.
  public static Replay replay(Node result) {
    Replay replay = Replay.of(result, Backward.from(result), Interpreter.run(result));
    replay.evaluate();
    return replay;
  }
}
