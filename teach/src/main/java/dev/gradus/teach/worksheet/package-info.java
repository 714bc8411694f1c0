/// Worksheets to print: a graph with some of its numbers left blank, and the same sheet filled in. A
/// [dev.gradus.teach.worksheet.Worksheet] is one, [dev.gradus.teach.worksheet.FriendlyNumbers] finds numbers that come out short.
@NullMarked
package dev.gradus.teach.worksheet;

import org.jspecify.annotations.NullMarked;
