package dev.gradus.command;

import dev.gradus.GradusException;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
