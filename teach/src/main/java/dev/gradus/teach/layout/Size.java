package dev.gradus.teach.layout;

import dev.gradus.GradusException;

/// How large a box is, in the unit of the picture.
///
/// @param width from left to right, at least 0
/// @param height from top to bottom, at least 0
public record Size(double width, double height) {
  /// Checks the numbers.
  ///
  /// @throws GradusException when one of them is negative or not finite
  public Size {
    if (!(width >= 0 && height >= 0 && width < Double.POSITIVE_INFINITY && height < Double.POSITIVE_INFINITY)) {
      throw new GradusException(
          "layout", "a box has a finite width and height", width + " x " + height, "measure its text first");
    }
  }
}
