/// A lesson as one page of HTML that works from a file: [dev.gradus.teach.page.Page] writes it.
@NullMarked
package dev.gradus.teach.page;

import org.jspecify.annotations.NullMarked;
