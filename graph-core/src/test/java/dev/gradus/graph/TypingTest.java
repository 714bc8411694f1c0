package dev.gradus.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gradus.Refusal;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypingTest {
  private static List<TensorType> types(String dtypes) {
    return Stream.of(dtypes.split(" ")).map(name -> new TensorType(Shape.SCALAR, DType.of(name))).toList();
  }

  /// The table, row by row.
  @ParameterizedTest
  @CsvSource({
    "NUMERIC, f64 f64, f64",
    "NUMERIC, f32, f32",
    "NUMERIC, i64 i64, i64",
    "NUMERIC, i32, i32",
    "FLOATING, f64 f64, f64",
    "FLOATING, f32, f32",
    "COMPARISON, f64 f64, bool",
    "COMPARISON, i32 i32, bool",
    "COMPARISON, bool bool, bool",
    "CLASSIFICATION, f32, bool",
    "LOGICAL, bool bool, bool",
    "SELECTION, bool f64 f64, f64",
    "SELECTION, bool i64 i64, i64",
    "SELECTION, bool bool bool, bool",
  })
  void takesAndGives(Typing.Rule rule, String operands, String result) {
    assertEquals(DType.of(result), rule.result("op", types(operands)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NUMERIC | bool | op: operands must be numbers, but got bool; cast the operand",
        "NUMERIC | f64 f32 | op: operands must have one dtype, but got f64 and f32; cast one of them",
        "NUMERIC | f64 i64 | op: operands must have one dtype, but got f64 and i64; cast one of them",
        "FLOATING | i64 | op: operands must be floating-point numbers, but got i64; cast the operand",
        "FLOATING | bool bool | op: operands must be floating-point numbers, but got bool; cast the operand",
        "COMPARISON | i64 i32 | op: operands must have one dtype, but got i64 and i32; cast one of them",
        "CLASSIFICATION | i32 | op: operands must be floating-point numbers, but got i32; cast the operand",
        "LOGICAL | f64 | op: operands must be bool, but got f64; cast the operand",
        "SELECTION | f64 f64 f64 | op: the condition must be bool, but got f64; cast the operand",
        "SELECTION | bool f64 i64 | op: operands must have one dtype, but got f64 and i64; cast one of them",
      })
  void refuses(Typing.Rule rule, String operands, String message) {
    assertEquals(message, Refusal.of(() -> rule.result("op", types(operands))));
  }

  @Test
  void namedDtypeIsGivenWhateverComes() {
    assertEquals(DType.F32, new Typing.Giving(DType.F32).result("op", types("bool i64")));
  }

  @Test
  void typesOfTensors() {
    TensorType type = new TensorType(Shape.of(2, 3), DType.F32);
    assertEquals("f32[2, 3]", type.toString());
    assertEquals("bool[2, 3]", type.withDType(DType.BOOL).toString());
    assertEquals("f32[]", type.withShape(Shape.SCALAR).toString());
    assertEquals(true, type.isDifferentiable());
    assertEquals(false, type.withDType(DType.I64).isDifferentiable());
  }
}
