package dev.gradus.laws;

/// One step of a random program: which template to apply, and numbers from which it chooses operands and settings.
/// Every combination means something, so that a program stays one when instructions are taken out or made smaller.
///
/// @param template which template, modulo their number
/// @param first how far back to look for the first operand, 0 being the newest
/// @param second how far back to look for the second
/// @param third how far back to look for the third
/// @param setting what axes, shapes and leaf values are made from
record Instruction(int template, int first, int second, int third, int setting) {

  /// A choice out of `options`, different for different `purpose`s.
  int choose(int purpose, int options) {
    return Math.floorMod(setting / (1 + 7 * purpose), options);
  }
}
