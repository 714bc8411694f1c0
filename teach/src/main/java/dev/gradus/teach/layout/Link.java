package dev.gradus.teach.layout;

/// One use of a box by another. A box that is used twice by the same box has two links to it.
///
/// @param from the index of the box that is used, the operand
/// @param to the index of the box that uses it
public record Link(int from, int to) {}
