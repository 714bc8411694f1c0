package dev.gradus.teach.worksheet;

import dev.gradus.tensor.Tensor;

/// One number, or small tensor, of a worksheet.
///
/// @param value what it is
/// @param number the number of its blank, from 1; 0 where it is given
record Quantity(Tensor value, int number) {
  boolean isBlank() {
    return number > 0;
  }
}
