package dev.gradus.graph;

import static dev.gradus.graph.PrimitiveDerivatives.check;
import static dev.gradus.graph.PrimitiveDerivatives.numbers;
import static dev.gradus.graph.PrimitiveDerivatives.value;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gradus.Refusal;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContractTest {
  private static Tensor some(int seed, int... dims) {
    return numbers(new TensorType(Shape.of(dims), DType.F64), seed);
  }

  @Test
  void products() {
    Tensor a = Tensor.of(new double[][] {{1, 2}, {3, 4}});
    Tensor b = Tensor.of(new double[][] {{5, 6}, {7, 8}});
    assertEquals(Tensor.of(new double[][] {{19, 22}, {43, 50}}), value(new Contract("ij,jk->ik"), a, b));
    assertEquals(Tensor.of(new double[][] {{19, 43}, {22, 50}}), value(new Contract("ij,jk->ki"), a, b));
    assertEquals(Tensor.of(new double[][] {{26, 30}, {38, 44}}), value(new Contract("ji,jk->ik"), a, b));
    assertEquals(Tensor.scalar(70.0), value(new Contract("ij,ij->"), a, b));
    assertEquals(Tensor.of(new double[][] {{3, 4}, {6, 8}}), value(new Contract("i,j->ij"), Tensor.vector(1, 2), Tensor.vector(3, 4)));
    assertEquals(Tensor.vector(5, 11), value(new Contract("ij,j->i"), a, Tensor.vector(1, 2)));
    assertEquals(Tensor.scalar(6.0), value(new Contract(",->"), Tensor.scalar(2.0), Tensor.scalar(3.0)));
    assertEquals(Tensor.vector(2, 4), value(new Contract(",i->i"), Tensor.scalar(2.0), Tensor.vector(1, 2)));
  }

  @Test
  void batches() {
    Tensor a = some(1, 2, 3, 4);
    Tensor b = some(2, 2, 4, 5);
    Tensor all = value(new Contract("bij,bjk->bik"), a, b);
    assertEquals(Shape.of(2, 3, 5), all.shape());
    double sum = 0;
    for (int j = 0; j < 4; j++) {
      sum += a.get(1, 2, j) * b.get(1, j, 3);
    }
    assertEquals(sum, all.get(1, 2, 3), 1e-15);
  }

  @Test
  void sumsOverNothingAreZero() {
    assertEquals(Tensor.zeros(Shape.of(2, 3)), value(new Contract("ij,jk->ik"), some(1, 2, 0), some(2, 0, 3)));
    assertEquals(Shape.of(0, 3), value(new Contract("ij,jk->ik"), some(1, 0, 2), some(2, 2, 3)).shape());
  }

  @Test
  void integersAndF32() {
    assertEquals(
        Tensor.scalar(11L), value(new Contract("i,i->"), Tensor.of(Shape.of(2), 1L, 2L), Tensor.of(Shape.of(2), 3L, 4L)));
    assertEquals(
        Tensor.scalar(11), value(new Contract("i,i->"), Tensor.of(Shape.of(2), 1, 2), Tensor.of(Shape.of(2), 3, 4)));
    long large = (1L << 53) + 1;
    assertEquals(
        Tensor.scalar(large), value(new Contract("i,i->"), Tensor.of(Shape.of(1), large), Tensor.of(Shape.of(1), 1L)));
    assertEquals(DType.F32, value(new Contract(",->"), Tensor.scalar(2f), Tensor.scalar(3f)).dtype());
  }

  @Test
  void differentiates() {
    check(new Contract("ij,jk->ik"), some(1, 2, 3), some(2, 3, 4));
    check(new Contract("ij,kj->ki"), some(1, 2, 3), some(2, 4, 3));
    check(new Contract("bij,bjk->bik"), some(1, 2, 2, 3), some(2, 2, 3, 1));
    check(new Contract("i,j->ij"), some(1, 3), some(2, 2));
    check(new Contract("i,i->"), some(1, 3), some(2, 3));
    check(new Contract("i,i->i"), some(1, 3), some(2, 3));
    check(new Contract(",->"), Tensor.scalar(2.0), Tensor.scalar(3.0));
    check(new Contract("ij,jk->ik"), some(1, 2, 0), some(2, 0, 3));
    check(new Contract("ij,jk->ik"), some(1, 0, 2), some(2, 2, 3));
  }

  @Test
  void rules() {
    Node a = Constant.of(some(1, 2, 2));
    Node b = Constant.of(some(2, 2, 2));
    Contract product = new Contract("ij,jk->ik");
    assertEquals("g @ yᵀ", product.rule(product.of(a, b), 0));
    assertEquals("xᵀ @ g", product.rule(product.of(a, b), 1));
    Contract inner = new Contract("ij,ij->");
    assertEquals("g * y", inner.rule(inner.of(a, b), 0));
    Contract other = new Contract("ij,kj->ki");
    assertEquals("contract(g, y; ki,kj->ij)", other.rule(other.of(a, b), 0));
    assertEquals("contract(x, g; ij,ki->kj)", other.rule(other.of(a, b), 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ij | contract: the equation must read left,right->result, but got \"ij\"; write it as in ij,jk->ik",
        "ii,ij->j | contract: letters must differ within a word, but got \"ii,ij->j\"; write it as in ij,jk->ik",
        "ij,jk->iik | contract: letters must differ within a word, but got \"ij,jk->iik\"; write it as in ij,jk->ik",
        "ij,kl->kl | contract: each letter must stand in two of the three words, but got \"ij,kl->kl\"; write it as in ij,jk->ik",
        "ij,jk->ikz | contract: each letter of the result must stand in an operand, but got \"ij,jk->ikz\"; write it as in ij,jk->ik",
        "i,ij->j | contract: an operand has one letter for each axis, but got [2, 2] for \"i\"; check the equation",
      })
  void refusesEquations(String equation, String message) {
    Node x = Constant.of(some(1, 2, 2));
    assertEquals(message, Refusal.of(() -> new Contract(equation).of(x, x)));
  }

  @Test
  void refusesSizesThatDiffer() {
    Node x = Constant.of(some(1, 2, 3));
    assertEquals(
        "contract: axes of one letter must have one size, but got [2, 3] and [2, 3] in ij,jk->ik; check them",
        Refusal.of(() -> new Contract("ij,jk->ik").of(x, x)));
  }
}
