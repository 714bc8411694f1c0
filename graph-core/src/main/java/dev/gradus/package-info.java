/// What all packages of Gradus share: how errors are told and how files are written.
@NullMarked
package dev.gradus;

import org.jspecify.annotations.NullMarked;
