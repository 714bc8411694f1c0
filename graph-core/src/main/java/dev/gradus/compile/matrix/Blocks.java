package dev.gradus.compile.matrix;

/// How what is summed over is cut: in as few blocks as there must be, of nearly the same length. Each element of C is a chain of
/// additions for each block, which keeps its error small, and the first-level cache holds what a block needs.
record Blocks(int from, int length, int count) {
  static final int LONGEST = 256;

  static Blocks of(Gemm.Part part) {
    int length = part.to() - part.from();
    return new Blocks(part.from(), length, Math.max(1, Math.ceilDiv(length, LONGEST)));
  }

  int start(int block) {
    return from + (int) ((long) length * block / count);
  }

  int longest() {
    return Math.ceilDiv(length, count);
  }
}
