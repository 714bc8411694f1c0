package dev.gradus.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NotDirectoryException;
import org.junit.jupiter.api.Test;

final class MainTest {
  @Test
  void errorsOfFilesSayMoreThanAName() {
    assertEquals("a: there is a file of this name", Main.message(new FileAlreadyExistsException("a")));
    assertEquals("a: no folder", Main.message(new NotDirectoryException("a")));
    assertEquals("a: cannot be read or written", Main.message(new DirectoryNotEmptyException("a")));
    assertEquals("a: Is a directory", Main.message(new FileSystemException("a", null, "Is a directory")));
    assertEquals("broken pipe", Main.message(new IOException("broken pipe")));
  }
}
