package dev.gradus.teach.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Boxes and links for tests.
record Sketch(List<Size> sizes, List<Link> links) {
  /// Boxes of one size.
  static Sketch of(int boxes, int... ends) {
    Sketch sketch = new Sketch(new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < boxes; i++) {
      sketch.sizes.add(new Size(60, 30));
    }
    for (int i = 0; i < ends.length; i += 2) {
      sketch.links.add(new Link(ends[i], ends[i + 1]));
    }
    return sketch;
  }

  /// Boxes of several sizes with links from earlier ones to later ones, some of them parallel; without order where there may be
  /// circles.
  static Sketch random(long seed, boolean circles) {
    Random random = new Random(seed);
    int boxes = 1 + random.nextInt(40);
    int reach = 1 + random.nextInt(boxes);
    Sketch sketch = new Sketch(new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < boxes; i++) {
      sketch.sizes.add(new Size(20 + random.nextInt(100), 10 + random.nextInt(60)));
    }
    int links = random.nextInt(3 * boxes);
    for (int i = 0; i < links && boxes > 1; i++) {
      int to = 1 + random.nextInt(boxes - 1);
      int from = Math.max(0, to - 1 - random.nextInt(reach));
      boolean turned = circles && random.nextInt(4) == 0;
      sketch.links.add(turned ? new Link(to, from) : new Link(from, to));
      if (random.nextInt(8) == 0) {
        sketch.links.add(sketch.links.getLast());
      }
    }
    return sketch;
  }

  /// A tree in which every box but the first has one user, or one operand.
  static Sketch tree(long seed, boolean oneUser) {
    Random random = new Random(seed);
    int boxes = 2 + random.nextInt(60);
    int reach = 1 + random.nextInt(boxes);
    Sketch sketch = of(boxes);
    for (int i = 1; i < boxes; i++) {
      int other = Math.max(0, i - 1 - random.nextInt(reach));
      sketch.links.add(oneUser ? new Link(i, other) : new Link(other, i));
    }
    return sketch;
  }

  Layout layout(Direction direction) {
    return Layout.of(sizes, links, direction);
  }

  Layout onTop() {
    return layout(Direction.RESULT_ON_TOP);
  }
}
