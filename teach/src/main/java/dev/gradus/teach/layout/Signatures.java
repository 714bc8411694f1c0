package dev.gradus.teach.layout;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// The members of a [Quotient] that are no leaves, in order, each with a number for what it is and how it is wired nearby: equal
/// numbers mean the same kind and operands that stand at the same distances before, as far as they are near.
final class Signatures {
  private static final int NEAR = 48;
  private static final int FAR = -1;
  private static final int LEAF = -2;

  private final Quotient quotient;
  private final int[] core;
  private final int[] signature;

  Signatures(Quotient quotient) {
    this.quotient = quotient;
    int[] number = new int[quotient.size()];
    int[] some = new int[quotient.size()];
    int count = 0;
    for (int place = 0; place < quotient.size(); place++) {
      if (!quotient.isLeaf(place)) {
        number[place] = count;
        some[count++] = place;
      }
    }
    this.core = Arrays.copyOf(some, count);
    this.signature = new int[count];
    Map<Long, Integer> known = new HashMap<>();
    for (int i = 0; i < count; i++) {
      int next = known.size();
      signature[i] = known.computeIfAbsent(hash(i, number), _ -> next);
    }
  }

  private long hash(int i, int[] number) {
    int place = core[i];
    Hasher hasher = Hashing.sipHash24().newHasher().putInt(quotient.kind(place));
    for (int k = 0; k < quotient.operands(place); k++) {
      int operand = quotient.operand(place, k);
      int distance = i - number[operand];
      hasher.putInt(quotient.isLeaf(operand) ? LEAF : distance > 0 && distance <= NEAR ? distance : FAR);
    }
    return hasher.hash().asLong();
  }

  /// How many members there are that are no leaves.
  int count() {
    return core.length;
  }

  /// The place of one of them in the quotient.
  int place(int i) {
    return core[i];
  }

  /// What it is and how it is wired nearby.
  int of(int i) {
    return signature[i];
  }

  /// What it is.
  int kind(int i) {
    return quotient.kind(core[i]);
  }

  /// How many values are needed on both sides of each gap: `i` is the gap before member i.
  int[] crossing() {
    int[] number = new int[quotient.size()];
    for (int i = 0; i < core.length; i++) {
      number[core[i]] = i;
    }
    int[] crossing = new int[core.length + 1];
    for (int i = 0; i < core.length; i++) {
      int last = i;
      for (int k = 0; k < quotient.users(core[i]); k++) {
        last = Math.max(last, number[quotient.user(core[i], k)]);
      }
      if (last > i) {
        crossing[i + 1]++;
        if (last + 1 <= core.length) {
          crossing[last + 1]--;
        }
      }
    }
    for (int i = 1; i <= core.length; i++) {
      crossing[i] += crossing[i - 1];
    }
    return crossing;
  }
}
