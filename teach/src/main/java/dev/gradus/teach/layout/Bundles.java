package dev.gradus.teach.layout;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/// The links of a part by their two ends: parallel ones are a bundle, which goes one way. Bundles are numbered in the order of
/// their first links.
final class Bundles {
  private final int[] bundle;
  private final int[] strand;
  private final int[] first;
  private final int[] strands;

  /// @param boxes how many boxes there are
  /// @param links how many links there are
  /// @param upperBox the box at the upper end of each link
  /// @param lowerBox the box at the lower end of each link
  Bundles(int boxes, int links, IntUnaryOperator upperBox, IntUnaryOperator lowerBox) {
    this.bundle = new int[links];
    this.strand = new int[links];
    int[] parallel = firstParallel(boxes, links, upperBox, lowerBox);
    int[] firsts = new int[links];
    int[] counts = new int[links];
    int count = 0;
    for (int link = 0; link < links; link++) {
      if (parallel[link] == link) {
        firsts[count] = link;
        bundle[link] = count++;
      } else {
        bundle[link] = bundle[parallel[link]];
      }
      strand[link] = counts[bundle[link]]++;
    }
    this.first = Arrays.copyOf(firsts, count);
    this.strands = Arrays.copyOf(counts, count);
  }

  private static int[] firstParallel(int boxes, int links, IntUnaryOperator upperBox, IntUnaryOperator lowerBox) {
    Incidence byUpper = Incidence.of(boxes, links, upperBox);
    int[] parallel = new int[links];
    int[] seen = new int[boxes];
    Arrays.fill(seen, -1);
    for (int box = 0; box < boxes; box++) {
      for (int i = 0; i < byUpper.count(box); i++) {
        int link = byUpper.get(box, i);
        int lower = lowerBox.applyAsInt(link);
        if (seen[lower] < 0 || upperBox.applyAsInt(seen[lower]) != box) {
          seen[lower] = link;
        }
        parallel[link] = seen[lower];
      }
    }
    return parallel;
  }

  /// How many bundles there are.
  int count() {
    return first.length;
  }

  /// The first link of a bundle.
  int first(int bundle) {
    return first[bundle];
  }

  /// How many links a bundle has.
  int strands(int bundle) {
    return strands[bundle];
  }

  /// The bundle of a link.
  int of(int link) {
    return bundle[link];
  }

  /// Which link of its bundle a link is, from 0.
  int strand(int link) {
    return strand[link];
  }
}
