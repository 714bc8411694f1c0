package dev.gradus.command;

import dev.gradus.GradusException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where a command shall write.
final class OutputFile {
  private OutputFile() {}

  /// Refuses a place where no file can be, before the work is done that shall go there.
  ///
  /// @param command who writes
  /// @param option what named the file
  /// @param file the file, or null for none
  static void require(String command, String option, @Nullable Path file) {
    if (file == null) {
      return;
    }
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file) || folder == null || !Files.isWritable(folder)) {
      throw new GradusException(
          command, option + " must name a file in a folder that can be written to", file, "make the folder, or choose another");
    }
  }

  /// Refuses two outputs to one file.
  ///
  /// @param command who writes
  /// @param files where to, or null for nowhere
  static void requireDifferent(String command, @Nullable Path... files) {
    Set<Path> seen = new HashSet<>();
    for (Path file : files) {
      if (file != null && !seen.add(file.toAbsolutePath().normalize())) {
        throw new GradusException(command, "each output must go to a file of its own", file + " twice", "choose another for one of them");
      }
    }
  }

  /// Makes a folder to write to, where it is missing.
  ///
  /// @param command who writes
  /// @param folder the folder
  static void makeFolder(String command, Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new GradusException(command, "there must be a folder, or a place for one", folder, "choose another");
    }
    if (!Files.isWritable(folder)) {
      throw new GradusException(command, "the folder must be one that can be written to", folder, "choose another");
    }
  }
}
