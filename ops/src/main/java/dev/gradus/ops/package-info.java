/// The vocabulary: every op, by name for formulas and by method for Java.
///
/// [dev.gradus.ops.Ops] is the one entry point for Java programs. Behind it each family (activations, reductions,
/// losses, ...) is one file in which an op is declared once: an elementwise op as a row, any other as a record.
/// [dev.gradus.ops.Vocabulary] lists them all.
@NullMarked
package dev.gradus.ops;

import org.jspecify.annotations.NullMarked;
