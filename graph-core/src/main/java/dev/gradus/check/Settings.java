package dev.gradus.check;

/// How gradients are checked.
///
/// @param tolerance the relative difference that counts as agreement
/// @param coordinates up to how many elements of a node are moved one by one
/// @param directions how many random directions are tried for a larger node
/// @param seed the seed of the directions
/// @param curve whether to keep the differences by step
record Settings(double tolerance, int coordinates, int directions, long seed, boolean curve) {
  static final Settings USUAL = new Settings(1e-6, 256, 8, 0, false);
}
