package dev.gradus.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gradus.Refusal;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DTypeTest {
  @ParameterizedTest
  @EnumSource
  void isFoundByItsName(DType dtype) {
    assertEquals(dtype, DType.of(dtype.toString()));
  }

  @Test
  void hasAKindAndASize() {
    assertEquals(List.of("f64", "f32", "i64", "i32", "bool"), Arrays.stream(DType.values()).map(DType::toString).toList());
    assertEquals(List.of(8, 4, 8, 4, 1), Arrays.stream(DType.values()).map(DType::bytes).toList());
    assertEquals(List.of(DType.F64, DType.F32), Arrays.stream(DType.values()).filter(DType::isFloating).toList());
    assertEquals(List.of(DType.I64, DType.I32), Arrays.stream(DType.values()).filter(DType::isInteger).toList());
  }

  @Test
  void refusesOtherNames() {
    assertEquals(
        "dtype: must be f64, f32, i64, i32 or bool, but got float; choose one of them",
        Refusal.of(() -> DType.of("float")));
  }
}
