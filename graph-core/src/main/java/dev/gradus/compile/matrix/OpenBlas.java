package dev.gradus.compile.matrix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// Products by OpenBLAS, called where the arrays lie: nothing is copied. Garbage collection waits while a call runs.
///
/// There is one only where [OpenBlasLibrary] found the library.
final class OpenBlas implements Gemm {
  private static final int ROW_MAJOR = 101;
  private static final int AS_IT_IS = 111;
  private static final int TRANSPOSED = 112;

  // Constants, so that the compiler of the JVM puts the call in line.
  private static final MethodHandle SGEMM = function("cblas_sgemm", JAVA_FLOAT);
  private static final MethodHandle DGEMM = function("cblas_dgemm", JAVA_DOUBLE);

  @SuppressWarnings("restricted")
  private static MethodHandle function(String name, MemoryLayout number) {
    return Linker.nativeLinker()
        .downcallHandle(
            OpenBlasLibrary.FOUND.orElseThrow().findOrThrow(name),
            FunctionDescriptor.ofVoid(
                JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT,
                number, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT,
                number, ADDRESS, JAVA_INT),
            Linker.Option.critical(true));
  }

  @Override
  public void multiply(
      boolean transposeA, boolean transposeB, int m, int n, int k,
      float alpha, float[] a, int aAt, int lda, float[] b, int bAt, int ldb,
      float beta, float[] c, int cAt, int ldc) {
    try {
      SGEMM.invokeExact(
          ROW_MAJOR, transposeA ? TRANSPOSED : AS_IT_IS, transposeB ? TRANSPOSED : AS_IT_IS, m, n, k,
          alpha, from(a, aAt), lda, from(b, bAt), ldb,
          beta, from(c, cAt), ldc);
    } catch (Throwable unexpected) {
      throw new AssertionError("cblas_sgemm throws nothing", unexpected);
    }
  }

  @Override
  public void multiply(
      boolean transposeA, boolean transposeB, int m, int n, int k,
      double alpha, double[] a, int aAt, int lda, double[] b, int bAt, int ldb,
      double beta, double[] c, int cAt, int ldc) {
    try {
      DGEMM.invokeExact(
          ROW_MAJOR, transposeA ? TRANSPOSED : AS_IT_IS, transposeB ? TRANSPOSED : AS_IT_IS, m, n, k,
          alpha, from(a, aAt), lda, from(b, bAt), ldb,
          beta, from(c, cAt), ldc);
    } catch (Throwable unexpected) {
      throw new AssertionError("cblas_dgemm throws nothing", unexpected);
    }
  }

  private static MemorySegment from(float[] numbers, int at) {
    return MemorySegment.ofArray(numbers).asSlice((long) Float.BYTES * at);
  }

  private static MemorySegment from(double[] numbers, int at) {
    return MemorySegment.ofArray(numbers).asSlice((long) Double.BYTES * at);
  }
}
