/// A lesson as text for other programs: its steps as JSON, its derivation as LaTeX.
@NullMarked
package dev.gradus.teach.text;

import org.jspecify.annotations.NullMarked;
