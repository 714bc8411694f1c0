/// Short programs as a lecturer would show them; `./gradus examples` runs them.
@NullMarked
package dev.gradus.examples;

import org.jspecify.annotations.NullMarked;
