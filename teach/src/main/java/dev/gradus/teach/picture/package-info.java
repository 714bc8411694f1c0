/// A lesson's graph as one picture: [dev.gradus.teach.picture.Picture] is a list of few kinds of marks, which is written as SVG or
/// PNG; DOT and Mermaid leave the drawing to other programs.
@NullMarked
package dev.gradus.teach.picture;

import org.jspecify.annotations.NullMarked;
