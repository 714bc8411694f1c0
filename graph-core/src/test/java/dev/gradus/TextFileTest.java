package dev.gradus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TextFileTest {
  private final Path file;

  TextFileTest(@TempDir Path folder) {
    this.file = folder.resolve("text");
  }

  private String read() {
    try {
      return TextFile.read("reader", file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aByteOrderMarkIsSkippedOnce() throws IOException {
    Files.writeString(file, "\uFEFFfür\uFEFF");
    assertEquals("für\uFEFF", read());
    Files.writeString(file, "");
    assertEquals("", read());
  }

  @Test
  void otherEncodingsAreRefused() throws IOException {
    Files.write(file, "für".getBytes(StandardCharsets.ISO_8859_1));
    assertEquals("reader: " + file + " must be written in UTF-8, but got other bytes; save it as UTF-8", Refusal.of(this::read));
  }
}
