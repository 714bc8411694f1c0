package dev.gradus;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Text that people wrote, in files.
public final class TextFile {
  private TextFile() {}

  /// The text of a file in UTF-8, without the mark that some programs put at its beginning.
  ///
  /// @param reader who reads it, for the message
  /// @param file the file
  /// @throws GradusException for bytes that are not UTF-8
  public static String read(String reader, Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new FileSystemException(file.toString(), null, "a folder, not a file");
    }
    try {
      String text = Files.readString(file);
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new GradusException(reader, file + " must be written in UTF-8", "other bytes", "save it as UTF-8");
    }
  }
}
