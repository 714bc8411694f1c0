/// The `gradus` command: one class for each subcommand, gathered by [dev.gradus.command.Gradus].
@NullMarked
package dev.gradus.command;

import org.jspecify.annotations.NullMarked;
