package dev.gradus.teach.layout;

import java.util.Arrays;
import java.util.List;

/// The parts of a picture that no link joins.
final class Components {
  private Components() {}

  /// Numbers the parts in the order of their first boxes.
  ///
  /// @param numbers takes the number of each box's part
  /// @return how many parts there are
  static int number(int[] numbers, List<Link> links) {
    Incidence users = Incidence.of(numbers.length, links.size(), link -> links.get(link).from());
    Incidence operands = Incidence.of(numbers.length, links.size(), link -> links.get(link).to());
    int[] queue = new int[numbers.length];
    int count = 0;
    Arrays.fill(numbers, -1);
    for (int start = 0; start < numbers.length; start++) {
      if (numbers[start] >= 0) {
        continue;
      }
      int filled = 0;
      queue[filled++] = start;
      numbers[start] = count;
      for (int at = 0; at < filled; at++) {
        int box = queue[at];
        for (int i = 0; i < users.count(box); i++) {
          filled = reach(links.get(users.get(box, i)).to(), count, numbers, queue, filled);
        }
        for (int i = 0; i < operands.count(box); i++) {
          filled = reach(links.get(operands.get(box, i)).from(), count, numbers, queue, filled);
        }
      }
      count++;
    }
    return count;
  }

  private static int reach(int box, int number, int[] numbers, int[] queue, int filled) {
    if (numbers[box] >= 0) {
      return filled;
    }
    numbers[box] = number;
    queue[filled] = box;
    return filled + 1;
  }
}
