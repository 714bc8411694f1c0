package dev.gradus.graph.index;

import dev.gradus.graph.Node;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A set of nodes that keeps a number for each: a hash table with linear probing in two arrays, made for walks over millions of
/// nodes, where an object for each entry would cost more than the walk.
///
/// A node's hash is its running number. Sixteen nodes made one after another share a block of the table, so that a walk
/// stays in the cache; the blocks are spread by Fibonacci hashing (Knuth, *The Art of Computer Programming* 3, 6.4).
public final class NodeIndex extends AbstractSet<Node> {
  /// What [#get] says of a node that has no number.
  public static final int NONE = -1;

  private static final int BLOCK_BITS = 4;
  private static final int BLOCK_MASK = (1 << BLOCK_BITS) - 1;
  private static final int GOLDEN_RATIO = 0x9E3779B9;

  private @Nullable Node[] nodes = new Node[2 << BLOCK_BITS];
  private int[] numbers = new int[2 << BLOCK_BITS];
  private int blockShift = 31;
  private int size;

  /// The number of `node`, or [#NONE].
  public int get(Node node) {
    int at = find(node);
    return nodes[at] == null ? NONE : numbers[at];
  }

  @Override
  public boolean contains(@Nullable Object node) {
    return node instanceof Node one && nodes[find(one)] != null;
  }

  /// Numbers `node`, with at least 0, unless it has a number already; says whether it had none.
  public boolean add(Node node, int number) {
    int at = find(node);
    if (nodes[at] != null) {
      return false;
    }
    nodes[at] = node;
    numbers[at] = number;
    if (2 * ++size > nodes.length) {
      grow();
    }
    return true;
  }

  /// Changes the number of a node that has one.
  public void change(Node node, int number) {
    numbers[find(node)] = number;
  }

  @Override
  public int size() {
    return size;
  }

  /// In no useful order.
  @Override
  public Iterator<Node> iterator() {
    return Arrays.stream(nodes).filter(Objects::nonNull).iterator();
  }

  /// Where `node` stands, or the free place where it belongs.
  private int find(Node node) {
    @Nullable Node[] all = nodes;
    int mask = all.length - 1;
    int hash = node.hashCode();
    int block = ((hash >>> BLOCK_BITS) * GOLDEN_RATIO) >>> blockShift;
    int at = (block << BLOCK_BITS) | (hash & BLOCK_MASK);
    while (all[at] != null && all[at] != node) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private void grow() {
    @Nullable Node[] before = nodes;
    int[] numbered = numbers;
    nodes = new Node[2 * before.length];
    numbers = new int[2 * before.length];
    blockShift--;
    for (int i = 0; i < before.length; i++) {
      Node node = before[i];
      if (node != null) {
        int at = find(node);
        nodes[at] = node;
        numbers[at] = numbered[i];
      }
    }
  }
}
