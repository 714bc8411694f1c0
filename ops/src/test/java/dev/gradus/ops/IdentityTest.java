package dev.gradus.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.gradus.graph.Elementwise;
import dev.gradus.scalar.Expression;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The printed derivatives in terms of the value, as lectures write them, are the derivatives.
class IdentityTest {
  static Stream<Entry> entries() {
    return Vocabulary.all().stream().filter(entry -> !entry.identity().isEmpty());
  }

  @ParameterizedTest
  @MethodSource("entries")
  void isTheDerivative(Entry entry) {
    Elementwise op = Objects.requireNonNull(entry.elementwise());
    Expression.Call call = (Expression.Call) op.formula();
    Expression identity = call.function().identity();
    assertNotNull(identity);
    boolean positive = entry.domain().equals("x >= 0");
    for (double x = positive ? 0.25 : -3; x <= 3; x += 0.25) {
      double want = op.formula().derivative(0).evaluate(x);
      double value = op.formula().evaluate(x);
      assertEquals(want, identity.evaluate(value), 1e-13 * Math.max(1, Math.abs(want)), entry + " at " + x);
    }
  }

  @Test
  void theLecturesFunctionsHaveOne() {
    assertEquals(
        List.of("sqrt", "exp", "expm1", "tanh", "sigmoid", "relu"), entries().map(Entry::name).toList());
  }
}
