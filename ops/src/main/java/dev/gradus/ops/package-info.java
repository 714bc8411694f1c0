/// The vocabulary: every op, by name for formulas and by method for Java.
///
/// [dev.gradus.ops.Ops] is the one entry point for Java programs. Behind it each family (activations, reductions,
/// losses, ...) is one file in which an op is declared once: an elementwise op as a row, any other as a record.
/// [dev.gradus.ops.Vocabulary] lists them all.
///
/// ## Dtypes
/// What operands of one dtype give; `-` is refused, with an error that names `cast`. Dtypes are never mixed silently; a
/// Java number takes the dtype of the node it meets.
///
/// | ops | f64 | f32 | i64 | i32 | bool |
/// |---|---|---|---|---|---|
/// | add, subtract, multiply, negative, square, abs, sign, maximum, minimum, clip, relu, rounding, remainder, matmul, dot, outer, linear, tensordot, einsum, convolutions | f64 | f32 | i64 | i32 | - |
/// | divide, pow, roots, exponentials, trigonometry, activations but relu, softmax and its relatives, norm, pools, normalisation, dropout, attention, losses | f64 | f32 | - | - | - |
/// | where, stop_gradient, max, min, shapes, take, embedding, masked_fill | f64 | f32 | i64 | i32 | bool |
/// | sum, prod | f64 | f32 | i64 | i64 | i64 |
/// | mean, var, std | f64 | f32 | f64 | f64 | f64 |
/// | comparisons | bool | bool | bool | bool | bool |
/// | isnan, isinf, isfinite | bool | bool | - | - | - |
/// | logical_and, logical_or, logical_xor, logical_not | - | - | - | - | bool |
/// | argmax, argmin | i64 | i64 | i64 | i64 | i64 |
/// | one_hot; indices and classes everywhere | - | - | i64 | i64 | - |
@NullMarked
package dev.gradus.ops;

import org.jspecify.annotations.NullMarked;
