package dev.gradus.teach.layout;

/// A box at its place in a picture; y grows downwards.
///
/// @param x its left edge
/// @param y its top
/// @param width from left to right
/// @param height from top to bottom
public record Box(double x, double y, double width, double height) {
  /// Its right edge.
  public double right() {
    return x + width;
  }

  /// Its bottom.
  public double bottom() {
    return y + height;
  }

  /// The middle between its left and right edge.
  public double centerX() {
    return x + width / 2;
  }

  /// The middle between its top and bottom.
  public double centerY() {
    return y + height / 2;
  }
}
