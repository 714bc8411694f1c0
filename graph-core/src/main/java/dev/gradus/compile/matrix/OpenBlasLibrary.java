package dev.gradus.compile.matrix;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/// The native library OpenBLAS, from the jar that `org.bytedeco:openblas` publishes for each platform.
///
/// The jar may lie on the class path or on the module path, or be missing. As a module it is read where it lies, for it
/// cannot be resolved: its descriptor requires Java classes that nothing here uses. The library and those that it links to are
/// unpacked once for each user and version.
final class OpenBlasLibrary {
  private static final String ARTIFACT = "org.bytedeco:openblas";

  /// What to load on each platform, in this order: a library is found by those that link to it once it is loaded. Elsewhere
  /// OpenBLAS links to what every system has.
  private static final ImmutableMap<String, ImmutableList<String>> LIBRARIES =
      ImmutableMap.of(
          "linux-x86_64",
          ImmutableList.of("libgcc_s.so.1", "libquadmath.so.0", "libgfortran.so.5", "libopenblas.so.0"),
          "linux-arm64",
          ImmutableList.of("libgcc_s.so.1", "libgfortran.so.5", "libopenblas.so.0"),
          "macosx-x86_64",
          ImmutableList.of("libgcc_s.1.1.dylib", "libquadmath.0.dylib", "libgfortran.5.dylib", "libopenblas.0.dylib"),
          "macosx-arm64",
          ImmutableList.of("libopenblas.0.dylib"),
          "windows-x86_64",
          ImmutableList.of("libopenblas.dll"));

  /// The library; empty where it is missing or does not load, after a notice that says why.
  static final Optional<SymbolLookup> FOUND = find();

  private OpenBlasLibrary() {}

  private static Optional<SymbolLookup> find() {
    String platform = platform();
    try {
      return Optional.of(load(platform));
    } catch (FileNotFoundException missing) {
      say("it has no library for " + platform + " on the class path or the module path", "add " + ARTIFACT + " for it");
    } catch (IOException | RuntimeException | LinkageError problem) {
      say(problem.toString(), "see to that");
    }
    return Optional.empty();
  }

  private static void say(String problem, String remedy) {
    System.getLogger(OpenBlasLibrary.class.getPackageName())
        .log(
            System.Logger.Level.WARNING,
            "matrix products: OpenBLAS makes them faster, but " + problem + "; " + remedy + ", or go on without");
  }

  static String platform() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch", "");
    return (system.startsWith("windows") ? "windows" : system.startsWith("mac") ? "macosx" : system)
        + "-"
        + (processor.equals("amd64") ? "x86_64" : processor.equals("aarch64") ? "arm64" : processor);
  }

  @SuppressWarnings("restricted")
  private static SymbolLookup load(String platform) throws IOException {
    Path folder = unpacked(platform);
    SymbolLookup library = SymbolLookup.loaderLookup();
    for (String name : librariesOf(platform)) {
      library = SymbolLookup.libraryLookup(folder.resolve(name), Arena.global());
    }
    keepToOneThread(library);
    return library;
  }

  private static ImmutableList<String> librariesOf(String platform) throws FileNotFoundException {
    ImmutableList<String> libraries = LIBRARIES.get(platform);
    if (libraries == null) {
      throw new FileNotFoundException(platform);
    }
    return libraries;
  }

  /// OpenBLAS stays on the thread that calls it. Its own threads would fight ours for the cores, and the digits of a result
  /// would depend on how many there are.
  @SuppressWarnings("restricted")
  private static void keepToOneThread(SymbolLookup library) {
    try {
      Linker.nativeLinker()
          .downcallHandle(
              library.findOrThrow("openblas_set_num_threads"), FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT))
          .invokeExact(1);
    } catch (RuntimeException problem) {
      throw problem;
    } catch (Throwable unexpected) {
      throw new AssertionError("openblas_set_num_threads throws nothing", unexpected);
    }
  }

  /// The folder with the libraries, unpacked now or before.
  private static Path unpacked(String platform) throws IOException {
    Path cache = cache();
    Path folder = cache.resolve("openblas-" + version(platform) + "-" + platform);
    if (Files.isDirectory(folder)) {
      return folder;
    }
    Path fresh;
    try {
      Files.createDirectories(cache);
      fresh = Files.createTempDirectory(cache, "unpacking");
    } catch (IOException readOnly) {
      // Never a folder of a fixed name that others can write to: what lies there is loaded and run.
      fresh = Files.createTempDirectory("gradus-openblas");
      unpack(platform, fresh);
      forget(platform, fresh);
      return fresh;
    }
    unpack(platform, fresh);
    try {
      return Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException otherWasFaster) {
      forget(platform, fresh);
      return Files.isDirectory(folder) ? folder : fresh;
    }
  }

  /// Sees to it that a folder is gone when the JVM is.
  private static void forget(String platform, Path folder) throws IOException {
    folder.toFile().deleteOnExit();
    for (String library : librariesOf(platform)) {
      folder.resolve(library).toFile().deleteOnExit();
    }
  }

  private static void unpack(String platform, Path folder) throws IOException {
    for (String library : librariesOf(platform)) {
      Files.write(folder.resolve(library), read("org/bytedeco/openblas/" + platform + "/" + library, platform));
    }
  }

  private static String version(String platform) throws IOException {
    librariesOf(platform);
    Properties properties = new Properties();
    properties.load(new ByteArrayInputStream(read("META-INF/maven/org.bytedeco/openblas/pom.properties", platform)));
    return properties.getProperty("version", "unknown");
  }

  /// Where this user's programs keep what they can make again.
  private static Path cache() {
    String home = System.getProperty("user.home", "");
    return switch (platform().charAt(0)) {
      case 'w' -> Path.of(System.getenv().getOrDefault("LOCALAPPDATA", home), "gradus");
      case 'm' -> Path.of(home, "Library", "Caches", "gradus");
      default -> Path.of(System.getenv().getOrDefault("XDG_CACHE_HOME", home + "/.cache"), "gradus");
    };
  }

  private static byte[] read(String resource, String platform) throws IOException {
    try (InputStream onClassPath = OpenBlasLibrary.class.getClassLoader().getResourceAsStream(resource)) {
      if (onClassPath != null) {
        return onClassPath.readAllBytes();
      }
    }
    Path[] modulePath =
        Splitter.on(File.pathSeparatorChar)
            .omitEmptyStrings()
            .splitToStream(System.getProperty("jdk.module.path", ""))
            .map(Path::of)
            .toArray(Path[]::new);
    ModuleReference module =
        ModuleFinder.of(modulePath)
            .find("org.bytedeco.openblas." + platform.replace('-', '.'))
            .orElseThrow(() -> new FileNotFoundException(resource));
    try (ModuleReader jar = module.open();
        InputStream onModulePath = jar.open(resource).orElseThrow(() -> new FileNotFoundException(resource))) {
      return onModulePath.readAllBytes();
    }
  }
}
