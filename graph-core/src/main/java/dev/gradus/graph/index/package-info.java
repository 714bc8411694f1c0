/// Numbers for nodes, inside the engine; not exported.
@NullMarked
package dev.gradus.graph.index;

import org.jspecify.annotations.NullMarked;
