package dev.gradus.examples;

import static dev.gradus.ops.Ops.parameter;
import static dev.gradus.ops.Ops.sin;

import dev.gradus.diff.Backward;
import dev.gradus.diff.Gradients;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.graph.SourceLine;
import dev.gradus.run.Interpreter;
import dev.gradus.run.Values;
import dev.gradus.show.Numbers;
import dev.gradus.show.TextTable;

/// A chain of a million nodes: how long it takes to build, to run and to differentiate.
public final class Chain implements Example {
  private final int[] lengths;

  /// Chains of these lengths, shortest first.
  Chain(int... lengths) {
    this.lengths = lengths.clone();
  }

  @Override
  public String name() {
    return "chain";
  }

  @Override
  public String summary() {
    return "Seconds for v <- sin(v), up to a million times: build, run, gradients.";
  }

  @Override
  public void run(Screen screen) {
    screen.say("""
        v <- sin(v), n times, from v0 = 1: the graph is as deep as it is long. Time
        grows linearly if a chain ten times as long takes ten times as long; x linear is
        how much longer it took than that. A source line is the line of this program
        that made a node, found by a walk over the stack.
        """);
    screen.say("");
    measure(lengths[0]);
    boolean usual = SourceLine.isRecording();
    TextTable table = new TextTable("source lines", "nodes", "build", "run", "gradients", "seconds", "x linear", "∂v/∂v0")
        .alignRight(1, 2, 3, 4, 5, 6, 7);
    try {
      for (boolean recording : new boolean[] {true, false}) {
        SourceLine.setRecording(recording);
        double before = 0;
        for (int i = 0; i < lengths.length; i++) {
          Timing timing = measure(lengths[i]);
          String ratio = i == 0 ? "" : Numbers.fixed(timing.all() / before * lengths[i - 1] / lengths[i], 2);
          table.row(recording ? "with" : "without", lengths[i], seconds(timing.build), seconds(timing.run),
              seconds(timing.gradients), seconds(timing.all()), ratio, Numbers.text(timing.slope, 4));
          before = timing.all();
        }
      }
    } finally {
      SourceLine.setRecording(usual);
    }
    screen.show(table);
  }

  /// Seconds, and the gradient that was found.
  private record Timing(double build, double run, double gradients, double slope) {
    double all() {
      return build + run + gradients;
    }
  }

  private static Timing measure(int length) {
    long start = System.nanoTime();
    Parameter first = parameter("v0", 1);
    Node v = first;
    for (int i = 0; i < length; i++) {
      v = sin(v);
    }
    long built = System.nanoTime();
    Values values = Interpreter.run(v);
    long ran = System.nanoTime();
    Gradients gradients = Backward.from(v);
    double slope = values.of(gradients.of(first)).item();
    long done = System.nanoTime();
    return new Timing((built - start) * 1e-9, (ran - built) * 1e-9, (done - ran) * 1e-9, slope);
  }

  private static String seconds(double time) {
    return Numbers.fixed(time, 3);
  }
}
