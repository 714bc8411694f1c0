/// Scalar formulas: what an elementwise op computes at one element.
///
/// An [dev.gradus.scalar.Expression] is a constant, a variable or a [dev.gradus.scalar.ScalarFunction] of expressions.
/// Expressions are interned, so a formula is a DAG in which equal parts are one object; they are simplified as they
/// are made, differentiated to any order, printed, and run by a [dev.gradus.scalar.Kernel]. A function is one of
/// the built-in [dev.gradus.scalar.Arithmetic] ones, a [dev.gradus.scalar.DefinedFunction] with a formula of its own, or
/// a [dev.gradus.scalar.KernelFunction] that brings Java code.
@NullMarked
package dev.gradus.scalar;

import org.jspecify.annotations.NullMarked;
