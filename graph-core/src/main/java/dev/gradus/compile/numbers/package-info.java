/// Large computations with single numbers: operations of one kind that do not wait for each other are done together, in
/// loops over indices.
@NullMarked
package dev.gradus.compile.numbers;

import org.jspecify.annotations.NullMarked;
