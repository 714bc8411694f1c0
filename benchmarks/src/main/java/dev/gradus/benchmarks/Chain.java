package dev.gradus.benchmarks;

import static dev.gradus.ops.Ops.parameter;
import static dev.gradus.ops.Ops.sin;

import dev.gradus.compile.Settings;
import dev.gradus.diff.Backward;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.graph.SourceLine;
import dev.gradus.run.Interpreter;
import dev.gradus.run.Values;
import dev.gradus.tensor.Tensor;
import java.util.List;
import java.util.Map;

/// v ← sin v, many times from 0.5, in f64: build, forward and backward in one go, without recording the line that made each
/// node. It is one run, and what runs once is interpreted: compiling would take longer.
///
/// @param name its name
/// @param length how many times
record Chain(String name, int length) implements Workload {
  @Override
  public boolean isRepeated() {
    return false;
  }

  /// The last v, and its derivative by the first.
  List<Tensor> run() {
    boolean usual = SourceLine.isRecording();
    SourceLine.setRecording(false);
    try {
      Parameter first = parameter("v", 0.5);
      Node v = first;
      for (int i = 0; i < length; i++) {
        v = sin(v);
      }
      Node slope = Backward.from(v).of(first);
      Values values = Interpreter.run(List.of(v, slope), Map.of());
      return List.of(values.of(v), values.of(slope));
    } finally {
      SourceLine.setRecording(usual);
    }
  }

  /// Every step is the whole work. The values between are written, and read on the way back.
  @Override
  public Job start(Settings settings) {
    Tensor[] last = new Tensor[2];
    return new Job(() -> run().toArray(last), 0, 2L * length * Double.BYTES, null);
  }
}
