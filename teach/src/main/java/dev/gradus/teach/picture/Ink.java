package dev.gradus.teach.picture;

import java.util.Locale;

/// The colours of pictures: those of the page on white.
enum Ink {
  PAPER(0xffffff),
  BLACK(0x1c1b19),
  QUIET(0x5d5a54),
  RULE(0xd9d5cc),
  SOFT(0xefece5),
  FORWARD(0x1f5fa8),
  FORWARD_SOFT(0xe3eefa),
  BACKWARD(0xa34a00),
  BACKWARD_SOFT(0xfdeede);

  private final int rgb;

  Ink(int rgb) {
    this.rgb = rgb;
  }

  /// Red, green and blue, eight bits each.
  int rgb() {
    return rgb;
  }

  /// As SVG, DOT and Mermaid write it.
  String hex() {
    return String.format(Locale.ROOT, "#%06x", rgb);
  }
}
