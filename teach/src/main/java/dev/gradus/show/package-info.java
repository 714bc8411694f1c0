/// What a lesson puts on the screen: tables, plots, and the walk through a graph and its gradients.
@NullMarked
package dev.gradus.show;

import org.jspecify.annotations.NullMarked;
