package dev.gradus.teach.layout;

import dev.gradus.GradusException;

/// The least distances in a picture.
///
/// @param boxes between boxes of a layer
/// @param layers between layers; more where links have to go far sideways
/// @param links between links that pass a layer side by side, and between the ends of links at a box that is wide enough
public record Spacing(double boxes, double layers, double links) {
  /// What suits boxes with a line or two of text, in pixels.
  public static final Spacing USUAL = new Spacing(28, 44, 14);

  /// Checks the numbers.
  ///
  /// @throws GradusException when one of them is not above 0
  public Spacing {
    if (!(boxes > 0 && layers > 0 && links > 0)) {
      throw new GradusException(
          "layout", "distances are above 0", boxes + ", " + layers + ", " + links, "leave room between boxes and links");
    }
  }
}
