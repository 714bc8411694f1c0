package dev.gradus.compiled;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.gradus.compile.Call;
import dev.gradus.compile.Program;
import dev.gradus.compile.Settings;
import dev.gradus.diff.Backward;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.ops.Ops;
import dev.gradus.run.Interpreter;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Compiled programs in JVMs without the Vector API or without OpenBLAS: each is told once, and the results are right.
@Timeout(120)
class BareJvmTest {
  private static final String VECTORS = "WARNING: compiled loops: the Vector API makes them fast, but its module is not there";
  private static final String PRODUCTS = "WARNING: matrix products: OpenBLAS makes them faster, but it has no library";

  @Test
  void withoutVectorsAndNatives() throws IOException, InterruptedException {
    String said = said(false, List.of());
    assertEquals(1, said.split(VECTORS, -1).length - 1, said);
    assertEquals(1, said.split(PRODUCTS, -1).length - 1, said);
    assertEquals(2, said.split("WARNING", -1).length - 1, said);
  }

  @Test
  void withoutVectors() throws IOException, InterruptedException {
    String said = said(true, List.of("--enable-native-access=ALL-UNNAMED"));
    assertEquals(1, said.split(VECTORS, -1).length - 1, said);
    assertEquals(1, said.split("WARNING", -1).length - 1, said);
  }

  @Test
  void withoutNatives() throws IOException, InterruptedException {
    String said = said(false, List.of("--add-modules", "jdk.incubator.vector"));
    assertEquals(1, said.split(PRODUCTS, -1).length - 1, said);
    assertFalse(said.contains(VECTORS), said);
  }

  /// What [Steps] says in a JVM of its own.
  private static String said(boolean natives, List<String> options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(options);
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "--class-path", classPath(natives), Steps.class.getName()));
    Process program = new ProcessBuilder(command).start();
    String said = new String(program.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, program.waitFor(), said);
    return said;
  }

  private static String classPath(boolean natives) {
    Stream<String> libraries =
        Stream.of("java.class.path", "jdk.module.path")
            .map(path -> System.getProperty(path, ""))
            .flatMap(path -> Stream.of(path.split(File.pathSeparator, -1)))
            .filter(entry -> natives || !entry.contains("openblas"));
    return Stream.concat(Stream.of("target/classes", "target/test-classes"), libraries)
        .filter(entry -> !entry.isEmpty())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /// What those JVMs run: wrong if it exits with anything but 0.
  static final class Steps {
    private Steps() {}

    public static void main(String[] args) {
      for (DType dtype : List.of(DType.F64, DType.F32)) {
        Parameter x = Parameter.of("x", Tensor.normal(Shape.of(90, 80), 1).cast(dtype));
        Parameter w = Parameter.of("w", Tensor.normal(Shape.of(80, 90), 2).cast(dtype));
        Node loss = Ops.mean(Ops.square(Ops.softmax(Ops.tanh(Ops.matmul(x, w).times(0.1)))));
        Node next = w.minus(Backward.from(loss).of(w).times(0.1));
        Call call = Program.of(List.of(loss), Map.of(w, next), Settings.standard()).call();
        for (int step = 0; step < 10; step++) {
          Tensor want = Interpreter.run(List.of(next), Map.of(w, call.leaf(w))).of(next);
          call.run();
          double tolerance = dtype == DType.F32 ? 1e-5 : 1e-12;
          if (!call.leaf(w).closeTo(want, tolerance, tolerance)) {
            throw new AssertionError("step " + step + " in " + dtype);
          }
        }
      }
    }
  }
}
