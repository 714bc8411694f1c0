/// The lessons that come with Gradus, from the first chain rule to a network that separates two classes:
/// [dev.gradus.teach.lessons.Lessons] writes them as pages.
@NullMarked
package dev.gradus.teach.lessons;

import org.jspecify.annotations.NullMarked;
