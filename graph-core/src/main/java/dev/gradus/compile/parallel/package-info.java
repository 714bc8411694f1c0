/// Loops whose rounds are shared out to threads; not exported.
@NullMarked
package dev.gradus.compile.parallel;

import org.jspecify.annotations.NullMarked;
