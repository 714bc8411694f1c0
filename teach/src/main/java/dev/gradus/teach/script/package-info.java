/// What a page needs to compute a graph by itself: [dev.gradus.teach.script.Instructions] list what a run has done, down to
/// primitives; the formulas of elementwise ops are printed as JavaScript; and `engine.js` runs the list.
@NullMarked
package dev.gradus.teach.script;

import org.jspecify.annotations.NullMarked;
