package dev.gradus.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gradus.ops.OracleCase.Claim;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every reference case of the ops in the vocabulary: value, gradients, forward mode, second order.
class OracleTest {
  private static final List<String> FILES = List.of("elementwise", "reduce", "shape", "linalg", "index", "nn", "loss", "edge");

  private static final Map<String, int[]> RUN_AND_PASSED = new TreeMap<>();

  static Stream<OracleCase> cases() {
    return FILES.stream().flatMap(file -> OracleCase.read(file).stream());
  }

  /// Every case for every engine.
  private static Stream<Arguments> byEveryEngine(Stream<OracleCase> cases) {
    return cases.flatMap(oracle -> Stream.of(Engine.values()).map(engine -> Arguments.of(oracle, engine)));
  }

  static Stream<Arguments> everyCase() {
    return byEveryEngine(cases());
  }

  @ParameterizedTest(name = "{0} by the {1}")
  @MethodSource("everyCase")
  void agreesWithTheReference(OracleCase oracle, Engine engine) {
    int[] counts = RUN_AND_PASSED.computeIfAbsent(oracle.file + " by the " + engine, file -> new int[2]);
    counts[0]++;
    List<String> wrong = new ArrayList<>();
    check(oracle.values(engine), 1e-10, 1e-12, wrong);
    if (oracle.isDifferentiated()) {
      check(oracle.gradients(engine), 1e-10, 1e-12, wrong);
    }
    if (oracle.hasJvp()) {
      check(oracle.jvps(engine), 1e-10, 1e-12, wrong);
    }
    if (oracle.hasSecondOrder()) {
      check(oracle.secondOrder(engine), 1e-8, 1e-10, wrong);
    }
    assertEquals(List.of(), wrong);
    counts[1]++;
  }

  @AfterAll
  static void tell() {
    RUN_AND_PASSED.forEach(
        (file, counts) -> System.out.println("oracle " + file + ": " + counts[0] + " cases run, " + counts[1] + " passed"));
  }

  private static void check(List<Claim> claims, double relative, double ofLargest, List<String> wrong) {
    for (Claim claim : claims) {
      double largest = 0;
      for (double element : claim.want().toDoubles()) {
        largest = Double.isFinite(element) ? Math.max(largest, Math.abs(element)) : largest;
      }
      boolean typed = claim.got().dtype() == claim.want().dtype();
      if (!typed || !claim.got().closeTo(claim.want(), relative, ofLargest * largest)) {
        wrong.add(claim.what() + ": got " + claim.got() + " want " + claim.want());
      }
    }
  }

  static Stream<Arguments> elementwise() {
    return byEveryEngine(OracleCase.read("elementwise").stream());
  }

  /// The reference has each element of an elementwise op right to 1e-15 by itself, so saturating functions must keep
  /// their digits.
  @ParameterizedTest(name = "{0} by the {1}")
  @MethodSource("elementwise")
  void keepsTheDigitsOfEachElement(OracleCase oracle, Engine engine) {
    List<String> wrong = new ArrayList<>();
    check(oracle.values(engine), 1e-14, 0, wrong);
    if (oracle.isDifferentiated()) {
      check(oracle.gradients(engine), 1e-14, 0, wrong);
    }
    assertEquals(List.of(), wrong);
  }

  static Stream<Arguments> edges() {
    return byEveryEngine(OracleCase.read("edge").stream().filter(OracleCase::isDifferentiated));
  }

  @ParameterizedTest(name = "{0} by the {1}")
  @MethodSource("edges")
  void conventionsHoldInForwardModeToo(OracleCase oracle, Engine engine) {
    List<String> wrong = new ArrayList<>();
    check(oracle.gradientsByForwardMode(engine), 1e-10, 1e-12, wrong);
    assertEquals(List.of(), wrong);
  }

  /// How many cases of each file there are: a lost file or op would shrink these.
  @Test
  void noCaseIsLeftOut() {
    assertEquals(
        List.of(328, 96, 64, 36, 16, 63, 41, 87), FILES.stream().map(file -> OracleCase.read(file).size()).toList());
  }

  @Test
  void everyOpHasReferenceCases() {
    Set<String> without = new TreeSet<>();
    Vocabulary.all().forEach(entry -> without.add(entry.name()));
    cases().forEach(oracle -> without.remove(oracle.op));
    assertEquals(Set.of("heaviside", "dropout"), without);
  }
}
