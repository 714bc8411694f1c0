package dev.gradus.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gradus.ops.OracleCase.Claim;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every reference case of the ops in the vocabulary: value, gradients, forward mode, second order.
class OracleTest {
  static Stream<OracleCase> cases() {
    return Stream.of("elementwise", "reduce", "shape", "linalg", "index", "loss", "edge")
        .flatMap(file -> OracleCase.read(file).stream());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void agreesWithTheReference(OracleCase oracle) {
    List<String> wrong = new ArrayList<>();
    check(oracle.values(), 1e-10, 1e-12, wrong);
    if (oracle.isDifferentiated()) {
      check(oracle.gradients(), 1e-10, 1e-12, wrong);
    }
    if (oracle.hasJvp()) {
      check(oracle.jvps(), 1e-10, 1e-12, wrong);
    }
    if (oracle.hasSecondOrder()) {
      check(oracle.secondOrder(), 1e-8, 1e-10, wrong);
    }
    assertEquals(List.of(), wrong);
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

  /// How many cases of each file there are: a lost file or op would shrink these.
  @Test
  void noCaseIsLeftOut() {
    assertEquals(
        List.of(302, 96, 56, 18, 9, 41, 82),
        Stream.of("elementwise", "reduce", "shape", "linalg", "index", "loss", "edge")
            .map(file -> OracleCase.read(file).size())
            .toList());
  }
}
