/// Lessons of formulas, served by HTTP: [dev.gradus.teach.serve.LessonServer] shows a box for a formula and the lesson of what is
/// written there.
@NullMarked
package dev.gradus.teach.serve;

import org.jspecify.annotations.NullMarked;
