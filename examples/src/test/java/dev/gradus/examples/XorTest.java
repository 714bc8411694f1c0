package dev.gradus.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.optim.Listener;
import java.io.PrintWriter;
import java.io.Writer;
import org.junit.jupiter.api.Test;

final class XorTest {
  private static final boolean[] XOR = {false, true, true, false};

  private final Xor.Learned learned =
      Xor.learn(new Screen(new PrintWriter(Writer.nullWriter()), new Listener() {}, 0, false));

  @Test
  void learnsAllFour() {
    for (int i = 0; i < 4; i++) {
      assertEquals(XOR[i] ? 1 : 0, learned.y().get(i, 0), 0.05);
    }
  }

  /// The hidden layer makes linearly separable what was not: the line w·h + b = 0 does it.
  @Test
  void itsHiddenRepresentationIsSeparatedByALine() {
    for (int i = 0; i < 4; i++) {
      double side = learned.w().get(0, 0) * learned.h().get(i, 0) + learned.w().get(1, 0) * learned.h().get(i, 1) + learned.b().get(0);
      assertEquals(XOR[i], side > 0);
      assertTrue(Math.abs(side) > 1, "distance " + side);
    }
  }
}
