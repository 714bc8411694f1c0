/// Where things stand in a picture of a graph: boxes in layers with links between them, and groups of nodes that fold a
/// large graph into pictures of a bearable size.
@NullMarked
package dev.gradus.teach.layout;

import org.jspecify.annotations.NullMarked;
