package lecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gradus.GradusException;
import dev.gradus.ops.Ops;
import dev.gradus.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// Errors name the line of the user's program, whether they arise in the op or in what is checked before it.
class QuizTest {
  private static void assertRefused(String message, Executable call) {
    assertEquals(message, assertThrows(GradusException.class, call).getMessage());
  }

  @Test
  void namesTheLine() {
    assertRefused(
        "matmul: inner sizes must agree, but got [2, 3] times [2, 4]; transpose one of them? (Quiz.java:14)",
        () -> Quiz.product(Quiz.zeros("x", 2, 3), Quiz.zeros("w", 2, 4)));
    assertRefused(
        "softmax: the axis must lie in [-2, 2), but got 2; the shape is [2, 3] (Quiz.java:18)",
        () -> Quiz.distribution(Quiz.zeros("x", 2, 3)));
    assertRefused(
        "reshape: at most one size may be -1 and the others must divide the number of elements, "
            + "but got [2, 3] to [4, -1]; choose sizes that divide 6 (Quiz.java:22)",
        () -> Quiz.shaped(Quiz.zeros("x", 2, 3)));
    assertRefused(
        "add: a number that meets i64 must be whole, but got 0.5; cast to f64 first (Quiz.java:26)",
        () -> Quiz.raised(Ops.constant(Tensor.arange(3))));
  }
}
