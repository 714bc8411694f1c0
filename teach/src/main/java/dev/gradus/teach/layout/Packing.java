package dev.gradus.teach.layout;

import java.util.List;

/// Puts pictures next to each other in rows, in their order, so that the whole is a little wider than high.
final class Packing {
  private static final double ASPECT = 1.6;

  private final Point[] corners;
  private double width;
  private double height;

  private Packing(int count) {
    this.corners = new Point[count];
  }

  static Packing of(List<Size> pictures, double gap) {
    Packing packing = new Packing(pictures.size());
    packing.pack(pictures, gap);
    return packing;
  }

  private void pack(List<Size> pictures, double gap) {
    double area = 0;
    double widest = 0;
    for (Size size : pictures) {
      area += (size.width() + gap) * (size.height() + gap);
      widest = Math.max(widest, size.width());
    }
    double limit = Math.max(widest, Math.sqrt(area * ASPECT));
    double x = 0;
    double y = 0;
    for (int i = 0; i < corners.length; i++) {
      Size size = pictures.get(i);
      if (x > 0 && x + size.width() > limit) {
        x = 0;
        y = height + gap;
      }
      corners[i] = new Point(x, y);
      width = Math.max(width, x + size.width());
      height = Math.max(height, y + size.height());
      x += size.width() + gap;
    }
  }

  /// The top left corner of a picture.
  Point corner(int picture) {
    return corners[picture];
  }

  double width() {
    return width;
  }

  double height() {
    return height;
  }
}
