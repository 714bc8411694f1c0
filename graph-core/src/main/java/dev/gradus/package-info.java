/// What all packages of Gradus share: how errors are told.
@NullMarked
package dev.gradus;

import org.jspecify.annotations.NullMarked;
