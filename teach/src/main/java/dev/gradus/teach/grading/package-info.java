/// A student's own numbers and ops, checked against a graph: [dev.gradus.teach.grading.Grading] tells what is right, which number is
/// the first wrong one, and which known mistake it looks like.
@NullMarked
package dev.gradus.teach.grading;

import org.jspecify.annotations.NullMarked;
