package dev.gradus.compile.matrix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Matrix products in JVMs that lack OpenBLAS: it is said once, without a stack trace, and the results are right.
@Timeout(60)
class WithoutOpenBlasTest {
  @Test
  void theJarIsMissing() throws IOException, InterruptedException {
    assertNoticed(
        "it has no library for " + OpenBlasLibrary.platform() + " on the class path or the module path; "
            + "add org.bytedeco:openblas for it",
        false,
        List.of());
  }

  @Test
  void nativeAccessIsDenied() throws IOException, InterruptedException {
    assertNoticed("java.lang.IllegalCallerException: Illegal native access", true, List.of("--illegal-native-access=deny"));
  }

  /// Where there are vectors, large products stay with them, and so with the bits of plain Java.
  @Test
  void vectorsDoWithout() throws IOException, InterruptedException {
    Process program = start(false, List.of("--add-modules", "jdk.incubator.vector", "-Ddev.gradus.compile.cold=true"), "vectors");
    String said = new String(program.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, program.waitFor(), said);
    assertEquals(1, said.lines().filter(line -> line.contains("OpenBLAS makes them faster")).count(), said);
  }

  private static Process start(boolean withJar, List<String> options, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(options);
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "--class-path", classPath(withJar), Program.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).start();
  }

  /// Runs [Program] in a JVM of its own.
  private static void assertNoticed(String problem, boolean withJar, List<String> options)
      throws IOException, InterruptedException {
    Process program = start(withJar, options);
    String said = new String(program.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, program.waitFor(), said);
    assertEquals(1, said.split("WARNING", -1).length - 1, said);
    assertTrue(said.contains("WARNING: matrix products: OpenBLAS makes them faster, but " + problem), said);
    assertEquals(2, said.lines().count(), said);
  }

  private static String classPath(boolean withJar) {
    Stream<String> libraries =
        Stream.of("java.class.path", "jdk.module.path")
            .map(path -> System.getProperty(path, ""))
            .flatMap(path -> Stream.of(path.split(File.pathSeparator, -1)))
            .filter(entry -> withJar || !entry.contains("openblas"));
    return Stream.concat(Stream.of("target/classes", "target/test-classes"), libraries)
        .filter(entry -> !entry.isEmpty())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /// What those JVMs run: silent without natives, wrong if it exits with anything but 0.
  static final class Program {
    private Program() {}

    public static void main(String[] args) {
      if (args.length > 0) {
        Products products = new Products(new Random(1), 150, 130, 70);
        double[] plain = products.doubles(new MatrixProducts(1, false, false));
        assertArrayEquals(plain, products.doubles(new MatrixProducts(2, true, true)));
        return;
      }
      for (boolean natives : new boolean[] {false, true, true}) {
        Products products = new Products(new Random(1), 150, 130, 70);
        double[] out = products.doubles(new MatrixProducts(2, false, natives));
        products.check(out, Math.ulp(1.0));
      }
    }
  }
}
